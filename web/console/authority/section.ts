import { IconCertificate2 } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { AuthorityPage } from './authority-page.tsx';
import { texts } from './texts.ts';

/** «УЦ». */
export const authoritySection: ConsoleSection = {
  name: 'authority',
  texts,
  nav: [
    {
      group: 'administration',
      place: 'authority',
      path: '/admin/authority',
      title: () => i18next.t('nav', { ns: 'authority' }),
      icon: IconCertificate2,
      roles: ['operator', 'administrator'],
    },
  ],
  routes: (shell) => {
    const authority = createRoute({
      getParentRoute: () => shell,
      path: '/admin/authority',
      component: AuthorityPage,
    });
    const issuer = createRoute({ getParentRoute: () => authority, path: '/$issuerId' });
    return [authority.addChildren([issuer])];
  },
};
