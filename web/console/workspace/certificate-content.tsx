import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/console/workspace/contract.ts';
import { CopyableHex } from '../copyable-hex.tsx';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import { useNames } from './names.ts';
import classes from './workspace.module.css';

/** Everything that the certificate says. */
export function CertificateContent({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation('workspace');
  const names = useNames();
  const lines = (values: readonly string[]) => <span className={classes.long}>{values.join(', ')}</span>;
  const some = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ name, value: lines(values) }];
  const hex = (name: string, value: string | null) =>
    value === null ? [] : [{ name, value: <CopyableHex hex={value} what={name} /> }];
  const { pathLength } = certificate;
  return (
    <>
      <Section title={t('details.subject')}>
        <Facts items={fieldsOf(certificate.subject, names.field)} />
      </Section>
      <Section title={t('details.issuer')}>
        <Facts items={fieldsOf(certificate.issuerName, names.field)} />
      </Section>
      <Section title={t('details.use')}>
        <Facts
          items={[
            ...some(t('details.keyUsage'), certificate.keyUsage.map(names.field)),
            ...some(t('details.purposes'), certificate.extendedKeyUsage.map(names.field)),
            ...some(t('details.policies'), certificate.policies.map(names.field)),
            ...some(t('details.alternative'), certificate.alternativeNames),
            ...(pathLength === null
              ? []
              : [
                  {
                    name: t('details.pathLength'),
                    value: pathLength === 'unlimited' ? t('details.unlimited') : String(pathLength),
                  },
                ]),
          ]}
        />
      </Section>
      <Section title={t('details.addresses')}>
        <Facts
          items={[
            ...some(t('details.lists'), certificate.revocationListUrls),
            ...some(t('details.issuers'), certificate.caIssuersUrls),
            ...some(t('details.ocsp'), certificate.ocspUrls),
          ]}
        />
      </Section>
      <Section title={t('details.technical')}>
        <Facts
          items={[
            { name: t('columns.algorithm'), value: names.algorithm(certificate.algorithm) },
            { name: t('details.signature'), value: certificate.signatureAlgorithm },
            { name: t('details.version'), value: String(certificate.version) },
            ...hex(t('details.subjectKey'), certificate.subjectKeyIdentifier),
            ...hex(t('details.authorityKey'), certificate.authorityKeyIdentifier),
            ...certificate.otherExtensions.map(({ type, isCritical, hex: value }) => ({
              name: isCritical ? `${names.field(type)} (${t('details.critical')})` : names.field(type),
              value: <CopyableHex hex={value} what={names.field(type)} />,
            })),
          ]}
        />
      </Section>
      <Raw pem={certificate.pem} />
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function fieldsOf(fields: CertificateView['subject'], nameOf: (type: string) => string) {
  // Facts are told apart by their names; an attribute may occur twice.
  const seen = new Map<string, string>();
  for (const { type, value } of fields) {
    const before = seen.get(type);
    seen.set(type, before === undefined ? value : `${before}; ${value}`);
  }
  return [...seen].map(([type, value]) => ({
    name: nameOf(type),
    value: <span className={classes.long}>{value}</span>,
  }));
}

function Raw({ pem }: { readonly pem: string }) {
  const { t } = useTranslation('workspace');
  const notify = useNotices();
  const copy = () =>
    void navigator.clipboard.writeText(pem).then(
      () => notify({ text: t('details.copied') }),
      () => {},
    );
  return (
    <details>
      <summary>{t('details.raw')}</summary>
      <pre className={classes.raw}>{pem}</pre>
      <Button size="compact-sm" variant="default" onClick={copy}>
        {t('details.copyPem')}
      </Button>
    </details>
  );
}
