import { IconFileUnknown, IconMapQuestion, IconPlugConnectedX, IconServerOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';

const FAULTS = {
  network: { icon: IconPlugConnectedX, title: 'fault.networkTitle', text: 'fault.networkText' },
  server: { icon: IconServerOff, title: 'fault.serverTitle', text: 'fault.serverText' },
  'not-found': { icon: IconMapQuestion, title: 'fault.notFoundTitle', text: 'fault.notFoundText' },
  'no-refusal': { icon: IconFileUnknown, title: 'fault.noRefusalTitle', text: 'fault.noRefusalText' },
} as const;

interface FaultMessageProps {
  readonly kind: keyof typeof FAULTS;
  /** For support; shown for our own faults. */
  readonly code?: string;
  readonly action: ReactNode;
}

export function FaultMessage({ kind, code, action }: FaultMessageProps) {
  const { t } = useTranslation();
  const { icon: Icon, title, text } = FAULTS[kind];
  return (
    <Statement
      icon={<Icon size={48} stroke={1.5} aria-hidden="true" />}
      title={<PageTitle title={t(title)} productName="Propusk" />}
      text={t(text)}
      detail={kind === 'server' && code !== undefined ? t('fault.code', { code }) : undefined}
      action={action}
    />
  );
}
