import { IconLayoutDashboard } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { OverviewPage } from './overview-page.tsx';
import { texts } from './texts.ts';

/** «Обзор». */
export const overviewSection: ConsoleSection = {
  name: 'overview',
  texts,
  nav: [
    {
      group: 'administration',
      place: 'overview',
      path: '/admin/overview',
      title: () => i18next.t('nav', { ns: 'overview' }),
      icon: IconLayoutDashboard,
      roles: ['operator', 'administrator'],
    },
  ],
  routes: (shell) => [
    createRoute({ getParentRoute: () => shell, path: '/admin/overview', component: OverviewPage }),
  ],
};
