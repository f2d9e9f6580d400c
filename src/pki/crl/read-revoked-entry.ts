/** One entry of a revocation list (RFC 5280, 5.1.2.6 and 5.3). */
import type { RevocationReason } from '../../kernel/audit-event.ts';
import { type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readIntegerBytes, readSmallInteger, readTime } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import type { DistinguishedName } from '../x509/distinguished-name.ts';
import { readRawExtensions } from '../x509/extensions.ts';
import { decodeGeneralNames } from '../x509/general-name.ts';
import { serialNumberOf } from '../x509/serial-number.ts';
import { REASON_CODES, REMOVE_FROM_CRL, type RevokedEntry } from './revoked-entry.ts';

const REASONS = new Map<number, RevocationReason>(
  (Object.keys(REASON_CODES) as RevocationReason[]).map((reason) => [REASON_CODES[reason], reason]),
);

export interface ReadEntry {
  readonly entry: Omit<RevokedEntry, 'certificateIssuer'>;
  /** The issuer that this very entry names; those after it keep it (RFC 5280, 5.3.3). */
  readonly namedIssuer: DistinguishedName | undefined;
  readonly criticalExtensions: readonly string[];
}

/** @throws {ProblemError} `der-invalid` */
export function readRevokedEntry(element: DerElement): ReadEntry {
  const what = 'revoked certificate';
  const fields = element.expect(TAG.sequence, what).reader();
  const serialNumber = serialNumberOf(readIntegerBytes(fields.next(what), what));
  const revokedAt = readTime(fields.next(what), what);
  const sequence = fields.optional(TAG.sequence);
  fields.end(what);
  const extensions = sequence && readRawExtensions(sequence, what);
  const issuer = extensions?.values.get(OID.certificateIssuer);
  const code = extensions?.values.get(OID.reasonCode);
  const codeNumber = code && readSmallInteger(readDer(code, what).expect(TAG.enumerated, what), what);
  const reason = codeNumber === undefined ? undefined : REASONS.get(codeNumber);
  return {
    entry: {
      serialNumber,
      revokedAt,
      ...(reason !== undefined && { reason }),
      ...(codeNumber === REMOVE_FROM_CRL && { isRemoved: true as const }),
    },
    namedIssuer: issuer && readCertificateIssuer(issuer, what),
    criticalExtensions: extensions?.critical ?? [],
  };
}

function readCertificateIssuer(value: Uint8Array, what: string): DistinguishedName {
  for (const name of decodeGeneralNames(value, what)) if (name.form === 'directoryName') return name.name;
  throw derInvalid(`${what}: an issuer without a name`);
}
