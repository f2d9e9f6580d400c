import { IconCertificate, IconUsers } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { AccountsPage } from './accounts-page.tsx';
import { CertificatesPage } from './certificates-page.tsx';
import { ImportPage } from './import-page.tsx';
import { PasswordPage } from './password-page.tsx';
import { RolesPage } from './roles-page.tsx';
import { texts } from './texts.ts';

const BOTH = ['operator', 'administrator'] as const;

/** Accounts, certificates, roles; and for everybody their own password. */
export const administrationSection: ConsoleSection = {
  name: 'administration',
  texts,
  nav: [
    {
      group: 'administration',
      place: 'accounts',
      path: '/admin/accounts',
      title: () => i18next.t('accounts', { ns: 'administration' }),
      icon: IconUsers,
      roles: BOTH,
    },
    {
      group: 'administration',
      place: 'certificates',
      path: '/admin/certificates',
      title: () => i18next.t('certificates', { ns: 'administration' }),
      icon: IconCertificate,
      roles: BOTH,
    },
  ],
  routes: (shell) => {
    const parent = { getParentRoute: () => shell };
    const accounts = createRoute({ ...parent, path: '/admin/accounts', component: AccountsPage });
    const account = createRoute({ getParentRoute: () => accounts, path: '/$accountId' });
    const certificates = createRoute({ ...parent, path: '/admin/certificates', component: CertificatesPage });
    const certificate = createRoute({ getParentRoute: () => certificates, path: '/$certificateId' });
    return [
      accounts.addChildren([account]),
      certificates.addChildren([certificate]),
      createRoute({ ...parent, path: '/admin/import', component: ImportPage }),
      createRoute({ ...parent, path: '/admin/roles', component: RolesPage }),
      createRoute({ ...parent, path: '/password', component: PasswordPage }),
    ];
  },
};
