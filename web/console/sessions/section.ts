import { IconDevices } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { HistoryPage } from './history-page.tsx';
import { SessionsPage } from './sessions-page.tsx';
import { texts } from './texts.ts';

/** «Мои сеансы». */
export const sessionsSection: ConsoleSection = {
  name: 'sessions',
  texts,
  nav: [
    {
      group: 'settings',
      place: 'sessions',
      path: '/sessions',
      title: () => i18next.t('nav', { ns: 'sessions' }),
      icon: IconDevices,
    },
  ],
  routes: (shell) => {
    const sessions = createRoute({
      getParentRoute: () => shell,
      path: '/sessions',
      component: SessionsPage,
    });
    // Below the list, so that the list stays as it is while the panel changes.
    const session = createRoute({ getParentRoute: () => sessions, path: '/$sessionId' });
    const history = createRoute({
      getParentRoute: () => shell,
      path: '/sessions/history',
      component: HistoryPage,
    });
    return [sessions.addChildren([session]), history];
  },
};
