import { IconHeartRateMonitor } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { HealthPage } from './health-page.tsx';
import { HelpPage } from './help-page.tsx';
import { texts } from './texts.ts';

/** «Состояние», and the help about what it most often asks for. */
export const statusSection: ConsoleSection = {
  name: 'status',
  texts,
  nav: [
    {
      group: 'settings',
      place: 'health',
      path: '/health',
      title: () => i18next.t('nav', { ns: 'status' }),
      icon: IconHeartRateMonitor,
    },
  ],
  routes: (shell) => [
    createRoute({ getParentRoute: () => shell, path: '/health', component: HealthPage }),
    createRoute({
      getParentRoute: () => shell,
      path: '/help/install-authorities',
      component: () => <HelpPage about="roots" />,
    }),
    createRoute({
      getParentRoute: () => shell,
      path: '/help/import-lists',
      component: () => <HelpPage about="lists" />,
    }),
  ],
};
