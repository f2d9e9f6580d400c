import { startMenu } from './start-menu.ts';

// The tag has done its work; the page's scripts find the document that the application wrote.
document.currentScript?.remove();
// Only a page that is a window of its own; and once, whatever the page is put together from.
if (window.top === window && document.querySelector('propusk-menu') === null)
  startMenu(window.fetch.bind(window));
