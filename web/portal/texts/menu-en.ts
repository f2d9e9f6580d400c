import type { Translation } from '../../ui/translation.ts';
import type { menuRu } from './menu-ru.ts';

export const menuEn: Translation<typeof menuRu> = {
  chooseAgain: {
    title: 'Choose another certificate?',
    text: 'The browser will ask again which certificate to show, and “{{application}}” opens.',
    textAny: 'The browser will ask again which certificate to show. For which application?',
    detail:
      'First save what is not saved on open pages. Only your own certificate lets you in: for another account, sign out first.',
    act: 'Choose another certificate',
    stay: 'Go back',
    noneTitle: 'There is nothing to choose for',
    noneText: 'No application is connected to this server. Tell the administrator.',
  },
  expiresSoon: {
    title: 'Your certificate expires soon',
    text: 'The certificate is valid until {{date}}, {{left}}.',
    lastDay: 'today is the last day',
    detail:
      'After that it lets nobody in. Replacing it takes a few minutes; the old certificate stops working as soon as you download the new one.',
    replace: 'Replace now',
    goOn: 'Continue',
    again: 'If you continue, we remind you again in a day.',
  },
};
