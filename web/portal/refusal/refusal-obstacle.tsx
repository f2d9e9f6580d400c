import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import type { Obstacle } from './refusal-offer.ts';

interface RefusalObstacleProps {
  readonly obstacle: Obstacle;
  readonly say: string;
}

/** Somebody else has to act first: who, and what to tell them. */
export function RefusalObstacle({ obstacle, say }: RefusalObstacleProps) {
  const { t } = useTranslation();
  return (
    <>
      {obstacle === 'phone-missing' && (
        <Notice tone="attention" title={t('certificate.phoneMissingTitle')}>
          <p>{t('certificate.phoneMissingText')}</p>
        </Notice>
      )}
      {obstacle === 'phone-held' && (
        <Notice tone="attention" title={t('certificate.phoneHeldTitle')}>
          <p>{t('certificate.phoneHeldText')}</p>
        </Notice>
      )}
      <AdministratorContact say={say} />
    </>
  );
}
