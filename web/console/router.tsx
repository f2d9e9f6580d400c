import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { NotFoundPage } from './faults/fault-message.tsx';
import { FaultPage } from './faults/fault-page.tsx';
import type { ConsoleSection } from './section.ts';
import { HomePage } from './shell/home-page.tsx';
import { Shell } from './shell/shell.tsx';

export function createConsoleRouter(sections: readonly ConsoleSection[]) {
  const shell = createRootRoute({
    component: Shell,
    errorComponent: FaultPage,
    notFoundComponent: NotFoundPage,
  });
  const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomePage });
  return createRouter({
    routeTree: shell.addChildren([home, ...sections.flatMap(({ routes }) => routes(shell))]),
    scrollRestoration: true,
    defaultErrorComponent: FaultPage,
    // Filters are text, whatever they look like; a repeated name is no list.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}
