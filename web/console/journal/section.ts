import { IconNotebook } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { JournalPage } from './journal-page.tsx';
import { ReportPage } from './report-page.tsx';
import { texts } from './texts.ts';

/** «Журнал». */
export const journalSection: ConsoleSection = {
  name: 'journal',
  texts,
  nav: [
    {
      group: 'settings',
      place: 'journal',
      path: '/journal',
      title: () => i18next.t('nav', { ns: 'journal' }),
      icon: IconNotebook,
    },
  ],
  routes: (shell) => {
    const journal = createRoute({ getParentRoute: () => shell, path: '/journal', component: JournalPage });
    const entry = createRoute({ getParentRoute: () => journal, path: '/$sequence' });
    const report = createRoute({
      getParentRoute: () => shell,
      path: '/journal/report/$about',
      component: ReportPage,
    });
    return [journal.addChildren([entry]), report];
  },
};
