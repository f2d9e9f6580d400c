import { useTranslation } from 'react-i18next';
import type { CertificateSummary, RefusalReason } from '../../../src/portal/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { type ComparedLine, differingLine } from './compare-certificates.ts';
import classes from './compared-certificates.module.css';

interface ShownCertificatesProps {
  readonly reason: RefusalReason;
  readonly presented: CertificateSummary | null;
  readonly expected: CertificateSummary | null;
}

/** What the browser showed beside what is needed, in the words of the browser's own list; one where the two are one. */
export function ShownCertificates({ reason, presented, expected }: ShownCertificatesProps) {
  const { t } = useTranslation();
  const isMismatch = reason === 'certificate-mismatch' || reason === 'certificate-mismatch-none-issued';
  const ownTitle = t(
    isMismatch || reason === 'certificate-not-presented' ? 'refusal.expected' : 'refusal.yours',
  );
  const differing =
    presented === null || expected === null ? undefined : differingLine(presented, expected, formatDate);
  if (presented !== null && (isMismatch || differing !== undefined)) {
    return (
      <div className={classes.pair}>
        <Card
          title={t('refusal.presented')}
          certificate={presented}
          differing={expected === null ? 'subject' : differing}
          kind="presented"
        />
        <Card title={ownTitle} certificate={expected} differing={differing} kind="expected" />
      </div>
    );
  }
  if (expected === null) return null;
  return <Card title={ownTitle} certificate={expected} differing={undefined} kind="expected" />;
}

/** Characters that fit into a card in the size of a heading. */
const LONG_SUBJECT = 18;

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
          <p
            className={classes.subject}
            data-differs={differing === 'subject'}
            data-long={certificate.subject.length > LONG_SUBJECT}
          >
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
