import { AppShell } from '@mantine/core';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFoundPage } from '../faults/fault-message.tsx';
import { OfflineNotice } from '../faults/offline-notice.tsx';
import { PageSkeleton } from '../faults/page-skeleton.tsx';
import { RefusedDialog } from '../faults/refused-dialog.tsx';
import { useMe } from '../me.ts';
import { Navigation } from './navigation.tsx';
import { mayOpen } from './navigation-of.ts';
import classes from './shell.module.css';
import { TopBar } from './top-bar.tsx';

/** The frame around every page. */
export function Shell() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Frame />
    </Suspense>
  );
}

function Frame() {
  const { t } = useTranslation('console');
  const { account } = useMe();
  const { pathname } = useLocation();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  // On a narrow screen the menu lies over the page: whoever has chosen wants to see the page.
  useEffect(() => router.subscribe('onResolved', () => setOpen(false)), [router]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOpen]);
  return (
    <AppShell
      className={classes.shell}
      header={{ height: '3.5rem' }}
      navbar={{ width: '15rem', breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      transitionDuration={0}
    >
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <TopBar isNavigationOpen={isOpen} onNavigation={() => setOpen((open) => !open)} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} id="navigation" aria-label={t('nav.label')}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main} id="content" tabIndex={-1}>
        <OfflineNotice />
        <Suspense fallback={<PageSkeleton />}>
          {mayOpen(pathname, account.role) ? <Outlet /> : <NotFoundPage />}
        </Suspense>
      </AppShell.Main>
      <RefusedDialog />
    </AppShell>
  );
}
