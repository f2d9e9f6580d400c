import { IconHistory } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { AuditLogPage } from './audit-log-page.tsx';
import { texts } from './texts.ts';

/** «Журнал» of the administration. */
export const auditLogSection: ConsoleSection = {
  name: 'audit-log',
  texts,
  nav: [
    {
      group: 'administration',
      place: 'journal',
      path: '/admin/journal',
      title: () => i18next.t('nav', { ns: 'audit-log' }),
      icon: IconHistory,
      roles: ['operator', 'administrator'],
    },
  ],
  routes: (shell) => {
    const journal = createRoute({
      getParentRoute: () => shell,
      path: '/admin/journal',
      component: AuditLogPage,
    });
    const event = createRoute({ getParentRoute: () => journal, path: '/$sequence' });
    return [journal.addChildren([event])];
  },
};
