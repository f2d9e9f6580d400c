import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { daysUntil, formatDate } from '../../ui/dates.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { Layout } from '../layout.tsx';
import { throwFault, useCertificate, useSession } from '../queries.ts';
import { SignedIn } from '../signed-in.tsx';
import { useServerNow } from '../use-server-now.ts';

/** On the way to an application whose own pages cannot say it; once a day. */
export function ExpiresSoonPage() {
  return <SignedIn>{() => <ExpiresSoon />}</SignedIn>;
}

function ExpiresSoon() {
  const { t } = useTranslation();
  const { request } = useSearch({ from: '/expires-soon' });
  const { entry, productName } = useSession();
  const { data, error } = useCertificate();
  const now = useServerNow(60_000);
  if (data === undefined) {
    throwFault(error);
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  const notAfter = data.current?.notAfter ?? undefined;
  const days = notAfter === undefined ? 0 : daysUntil(notAfter, now);
  const left = days > 0 ? t('common.daysLeft', { count: days }) : t('menu.expiresSoon.lastDay');
  return (
    <Layout applicationName={entry?.name}>
      <Statement
        icon={<IconClock size={48} stroke={1.5} aria-hidden="true" />}
        title={<PageTitle title={t('menu.expiresSoon.title')} productName={productName} />}
        text={notAfter === undefined ? '' : t('menu.expiresSoon.text', { date: formatDate(notAfter), left })}
        detail={`${t('menu.expiresSoon.detail')} ${t('menu.expiresSoon.again')}`}
        action={
          <>
            <Button
              renderRoot={(props) => (
                <Link to="/replace" search={entry ? { application: entry.id } : {}} {...props} />
              )}
            >
              {t('menu.expiresSoon.replace')}
            </Button>
            <Button
              variant="default"
              component="a"
              href={request === undefined ? '/' : `/enter?request=${encodeURIComponent(request)}`}
            >
              {t('menu.expiresSoon.goOn')}
            </Button>
          </>
        }
      />
    </Layout>
  );
}
