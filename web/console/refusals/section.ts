import { IconShieldX } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { RefusalsPage } from './refusals-page.tsx';
import { texts } from './texts.ts';

/** «Отказы». */
export const refusalsSection: ConsoleSection = {
  name: 'refusals',
  texts,
  nav: [
    {
      group: 'administration',
      place: 'refusals',
      path: '/admin/refusals',
      title: () => i18next.t('nav', { ns: 'refusals' }),
      icon: IconShieldX,
      roles: ['operator', 'administrator'],
    },
  ],
  routes: (shell) => {
    const refusals = createRoute({
      getParentRoute: () => shell,
      path: '/admin/refusals',
      component: RefusalsPage,
    });
    const refusal = createRoute({ getParentRoute: () => refusals, path: '/$refusalId' });
    return [refusals.addChildren([refusal])];
  },
};
