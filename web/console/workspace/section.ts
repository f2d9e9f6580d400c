import { IconCertificate } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { CertificatesPage } from './certificates-page.tsx';
import { ImportPage } from './import-page.tsx';
import { ListsPage } from './lists-page.tsx';
import { texts } from './texts.ts';

/** «Сертификаты». */
export const workspaceSection: ConsoleSection = {
  name: 'workspace',
  texts,
  nav: [
    {
      group: 'settings',
      place: 'certificates',
      path: '/certificates',
      title: () => i18next.t('nav', { ns: 'workspace' }),
      icon: IconCertificate,
    },
  ],
  routes: (shell) => {
    const certificates = createRoute({
      getParentRoute: () => shell,
      path: '/certificates',
      component: CertificatesPage,
    });
    const lists = createRoute({
      getParentRoute: () => shell,
      path: '/certificates/lists',
      component: ListsPage,
    });
    const importing = createRoute({
      getParentRoute: () => shell,
      path: '/certificates/import',
      component: () => ImportPage({ begin: 'file' }),
    });
    const pasting = createRoute({
      getParentRoute: () => shell,
      path: '/certificates/import/text',
      component: () => ImportPage({ begin: 'paste' }),
    });
    return [
      certificates.addChildren([createRoute({ getParentRoute: () => certificates, path: '/$sha256' })]),
      lists.addChildren([createRoute({ getParentRoute: () => lists, path: '/$listSha256' })]),
      importing,
      pasting,
    ];
  },
};
