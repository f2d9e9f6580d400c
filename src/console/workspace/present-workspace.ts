import { encodePem } from '../../pki/pem/pem.ts';
import type { Certificate } from '../../pki/x509/certificate.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import type { ImportPreview } from '../../workspace/importing/imports.ts';
import type { PreviewRow } from '../../workspace/importing/preview.ts';
import { readNameFields } from '../../workspace/stores/name-fields.ts';
import type { CertificateCard, CertificateEntry, ListEntry } from '../../workspace/stores/ports.ts';
import type {
  CertificateFacts,
  CertificateItem,
  CertificateView,
  ImportRow,
  ImportView,
  ListItem,
} from './contract.ts';
import { decodePolicyIdentifiers } from './policy-identifiers.ts';

export function presentFacts(certificate: CertificateEntry['certificate']): CertificateFacts {
  return {
    sha256: certificate.sha256,
    owner: certificate.owner,
    issuer: certificate.issuerName,
    issuerKey: certificate.issuerKey,
    organisation: certificate.organisation,
    inn: certificate.inn ?? null,
    innLe: certificate.innLe ?? null,
    snils: certificate.snils ?? null,
    ogrn: certificate.ogrn ?? null,
    email: certificate.email ?? null,
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    algorithm: certificate.algorithm,
    isCa: certificate.isCa,
    isSelfIssued: certificate.isSelfIssued,
  };
}

export function presentEntry(entry: CertificateEntry): CertificateItem {
  return {
    ...presentFacts(entry.certificate),
    store: entry.store,
    hasKeyElsewhere: entry.hasKeyElsewhere,
    sources: [...entry.sources],
    addedAt: entry.addedAt.toISOString(),
    state: entry.state,
    reason: entry.reason ?? null,
    anchor: entry.anchor,
  };
}

/** Extensions that the page shows in words. */
const SHOWN_EXTENSIONS = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
  '1.3.6.1.5.5.7.1.1',
]);
const MAX_HEX = 2048;

export function presentCard(card: CertificateCard, certificate: Certificate): CertificateView {
  const { basicConstraints, subjectAltName, criticalExtensions } = certificate;
  return {
    ...presentEntry(card),
    version: certificate.version,
    subject: [...readNameFields(certificate.subject)],
    issuerName: [...readNameFields(certificate.issuer)],
    signatureAlgorithm: certificate.signature.algorithm,
    keyUsage: [...(certificate.keyUsage ?? [])],
    extendedKeyUsage: [...(certificate.extendedKeyUsage ?? [])],
    policies: [...decodePolicyIdentifiers(certificate)],
    alternativeNames: [
      ...(subjectAltName?.emailAddresses ?? []),
      ...(subjectAltName?.dnsNames ?? []),
      ...(subjectAltName?.ipAddresses ?? []),
      ...(subjectAltName?.uris ?? []),
    ].map(displayText),
    revocationListUrls: certificate.revocationListUrls.map(displayText),
    caIssuersUrls: certificate.caIssuersUrls.map(displayText),
    ocspUrls: certificate.ocspUrls.map(displayText),
    subjectKeyIdentifier: certificate.subjectKeyIdentifier ?? null,
    authorityKeyIdentifier: certificate.authorityKeyIdentifier ?? null,
    pathLength: basicConstraints?.ca === true ? (basicConstraints.pathLength ?? 'unlimited') : null,
    criticalExtensions: [...criticalExtensions],
    otherExtensions: [...certificate.extensionValues]
      .filter(([type]) => !SHOWN_EXTENSIONS.has(type))
      .map(([type, value]) => ({
        type,
        isCritical: criticalExtensions.includes(type),
        hex: Buffer.from(value.subarray(0, MAX_HEX)).toString('hex'),
      })),
    pem: encodePem('CERTIFICATE', card.der),
    sourceDetails: card.sourceDetails.map(({ kind, detail, at }) => ({
      kind,
      detail,
      at: at.toISOString(),
    })),
    mayRemove: card.sourceDetails.length > 0 || !card.sources.includes('access'),
  };
}

export function presentList({ list, size, sources, addedAt }: ListEntry): ListItem {
  return {
    sha256: list.sha256,
    issuer: list.issuerName,
    issuerKey: list.issuerKey,
    number: list.number?.toString() ?? null,
    isDelta: list.baseNumber !== undefined,
    thisUpdate: list.thisUpdate.toISOString(),
    nextUpdate: list.nextUpdate?.toISOString() ?? null,
    entryCount: list.entryCount,
    size,
    sources: [...sources],
    addedAt: addedAt.toISOString(),
  };
}

export function presentImport({ id, token, expiresAt, rows }: ImportPreview): ImportView {
  return { id, token, expiresAt: expiresAt.toISOString(), rows: rows.map(presentRow) };
}

function presentRow(row: PreviewRow): ImportRow {
  switch (row.kind) {
    case 'certificate': {
      const { certificate, replaces, olderThan, reason, ...rest } = row;
      return {
        ...rest,
        certificate: presentFacts(certificate),
        placement: reason,
        replaces: presentSibling(replaces),
        olderThan: presentSibling(olderThan),
      };
    }
    case 'list':
      return {
        kind: 'list',
        id: row.id,
        file: row.file,
        sha256: row.list.sha256,
        issuer: row.list.issuerName,
        thisUpdate: row.list.thisUpdate.toISOString(),
        nextUpdate: row.list.nextUpdate?.toISOString() ?? null,
        entryCount: row.list.entryCount,
        presence: row.presence,
        age: row.age,
      };
    case 'locked':
      return row;
    case 'not-importable':
      return { kind: row.kind, id: row.id, file: row.file, what: row.what, detail: row.detail ?? null };
  }
}

function presentSibling(sibling: Extract<PreviewRow, { kind: 'certificate' }>['replaces']) {
  return sibling === undefined
    ? null
    : { sha256: sibling.sha256, owner: sibling.owner, notAfter: sibling.notAfter.toISOString() };
}
