import { IconCloud } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ConsoleSection } from '../section.ts';
import { ConnectPage } from './connect-page.tsx';
import { ConnectionsPage } from './connections-page.tsx';
import { CertificateHelpPage, ConnectionHelpPage } from './help-page.tsx';
import { RequestPage } from './request-page.tsx';
import { RunningRequests } from './running-requests.tsx';
import { texts } from './texts.ts';
import { WaitingBadge } from './waiting-badge.tsx';

/** Connections to CryptoPro DSS. */
export const dssSection: ConsoleSection = {
  name: 'dss',
  texts,
  nav: [
    {
      group: 'settings',
      place: 'dss',
      path: '/dss',
      title: () => i18next.t('nav', { ns: 'dss' }),
      icon: IconCloud,
      badge: WaitingBadge,
    },
  ],
  bell: RunningRequests,
  routes: (shell) => {
    const getParentRoute = () => shell;
    const connections = createRoute({ getParentRoute, path: '/dss', component: ConnectionsPage });
    // Below the list, so that the list stays as it is while the panel changes.
    const connection = createRoute({ getParentRoute: () => connections, path: '/connections/$connectionId' });
    return [
      connections.addChildren([connection]),
      createRoute({ getParentRoute, path: '/dss/new', component: ConnectPage }),
      createRoute({ getParentRoute, path: '/dss/requests/$attemptId', component: RequestPage }),
      createRoute({ getParentRoute, path: '/dss/help/certificate', component: CertificateHelpPage }),
      createRoute({ getParentRoute, path: '/dss/help/connection', component: ConnectionHelpPage }),
    ];
  },
};
