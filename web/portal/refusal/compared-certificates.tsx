import { useTranslation } from 'react-i18next';
import type { CertificateSummary } from '../../../src/portal/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { type ComparedLine, differingLine } from './compare-certificates.ts';
import classes from './compared-certificates.module.css';

interface ComparedCertificatesProps {
  readonly presented: CertificateSummary;
  readonly expected: CertificateSummary | null;
}

/** What the browser showed beside what is needed, in the words of the browser's own list. */
export function ComparedCertificates({ presented, expected }: ComparedCertificatesProps) {
  const { t } = useTranslation();
  const differing = expected === null ? undefined : differingLine(presented, expected, formatDate);
  return (
    <div className={classes.pair}>
      <Card
        title={t('refusal.presented')}
        certificate={presented}
        differing={expected === null ? 'subject' : differing}
        kind="presented"
      />
      <Card title={t('refusal.expected')} certificate={expected} differing={differing} kind="expected" />
    </div>
  );
}

interface CardProps {
  readonly title: string;
  readonly certificate: CertificateSummary | null;
  readonly differing: ComparedLine | undefined;
  readonly kind: 'presented' | 'expected';
}

function Card({ title, certificate, differing, kind }: CardProps) {
  const { t } = useTranslation();
  const mark = (line: ComparedLine) =>
    line === differing ? <span className={classes.hidden}> ({t('refusal.differs')})</span> : null;
  return (
    <section className={classes.card} data-kind={kind}>
      <h2 className={classes.title}>{title}</h2>
      {certificate === null ? (
        <p className={classes.none}>{t('refusal.expectedNone')}</p>
      ) : (
        <>
          <p className={classes.subject} data-differs={differing === 'subject'}>
            {certificate.subject}
            {mark('subject')}
          </p>
          <p className={classes.details}>
            <span data-differs={differing === 'notBefore'}>
              {t('refusal.validFrom', { date: formatDate(certificate.notBefore) })}
              {mark('notBefore')}
            </span>
            <span className={classes.serial} data-differs={differing === 'serialTail'}>
              …{certificate.serialTail}
              {mark('serialTail')}
            </span>
          </p>
        </>
      )}
    </section>
  );
}
