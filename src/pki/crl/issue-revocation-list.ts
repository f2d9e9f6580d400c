/**
 * Revocation lists (RFC 5280, section 5): version 2, full, with number, authority key identifier and issuing
 * distribution point. Written as DER by hand: a schema parser needs seconds for 100,000 entries.
 */
import type { RevocationReason } from '../../kernel/audit-event.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { contextTag, TAG } from '../der/der-element.ts';
import {
  concatBytes,
  encodeBitString,
  encodedTrue,
  encodeElement,
  encodeInteger,
  encodeIntegerBytes,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { checkAddress } from '../issuance/addresses.ts';
import { type Issuer, issuerSignatureAlgorithm, signAs } from '../issuance/issuer.ts';
import { verifySoundSignature } from '../signatures/verify-sound-signature.ts';
import { serialNumberBytes } from '../x509/serial-number.ts';
import { REASON_CODES, type RevocationListScope, type RevokedEntry } from './revoked-entry.ts';

export interface RevocationListInput {
  readonly issuer: Issuer;
  /** Grows with every list of the issuer (RFC 5280, 5.2.3). */
  readonly number: number | bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Each serial number once. */
  readonly entries: Iterable<RevokedEntry>;
  /**
   * The very address that stands in the certificates (RFC 5280, 6.3.3, (b) (2) (i)). Written for `user-certificates`
   * only: who checks a whole path looks for it in the root's own certificate too, which has none (OpenSSL, and Node
   * with its `crl` option: "different CRL scope").
   */
  readonly distributionPointUrl: string;
  /** `user-certificates` for the issuing authority, `ca-certificates` for the root. */
  readonly covers: Exclude<RevocationListScope, 'all'>;
}

const VERSION_2 = encodeInteger(1);
const TRUE_CONTENT = Uint8Array.of(0xff);

/**
 * The list in DER.
 *
 * @throws {ProblemError} `certificate-unusable` for a number, dates, entries or an address that a list cannot have.
 */
export function issueRevocationList(input: RevocationListInput): Uint8Array {
  const { issuer, thisUpdate, nextUpdate } = input;
  if (!(nextUpdate > thisUpdate)) throw unusable('nextUpdate must lie after thisUpdate');
  const { algorithmDer } = issuerSignatureAlgorithm(issuer);
  const entries = encodeEntries(input.entries);
  const tbsDer = encodeSequence(
    VERSION_2,
    algorithmDer,
    issuer.certificate.subject.der,
    encodeTime(thisUpdate),
    encodeTime(nextUpdate),
    // RFC 5280, 5.1.2.6: absent when nothing is revoked.
    ...(entries.length === 0 ? [] : [encodeElement(TAG.sequence, entries)]),
    encodeElement(contextTag(0, 'constructed'), encodeSequence(...listExtensions(input))),
  );
  const signature = signAs(issuer, tbsDer);
  const { publicKeySpki } = issuer.certificate;
  const result = verifySoundSignature({
    signatureAlgorithm: algorithmDer,
    signature: signature.value,
    signedBytes: tbsDer,
    subjectPublicKeyInfo: publicKeySpki,
  });
  if (result !== 'verified') {
    throw new ProblemError('internal', {
      cause: new Error('the signature of the revocation list is not verified'),
    });
  }
  return encodeSequence(tbsDer, algorithmDer, encodeBitString(signature.value));
}

function encodeEntries(entries: Iterable<RevokedEntry>): Uint8Array {
  const seen = new Set<string>();
  const encoded: Uint8Array[] = [];
  for (const { serialNumber, revokedAt, reason } of entries) {
    if (!/^(?:[0-9a-f]{2}){1,20}$/.test(serialNumber) || seen.has(serialNumber)) {
      throw unusable(`serial number "${serialNumber}": not canonical, or listed twice`);
    }
    seen.add(serialNumber);
    encoded.push(
      encodeSequence(
        encodeIntegerBytes(serialNumberBytes(serialNumber)),
        encodeTime(revokedAt),
        ...(reason === undefined ? [] : [REASON_EXTENSIONS[reason]]),
      ),
    );
  }
  return concatBytes(encoded);
}

function encodeReason(reason: RevocationReason): Uint8Array {
  const code = encodeElement(TAG.enumerated, Uint8Array.of(REASON_CODES[reason]));
  return encodeSequence(encodeSequence(encodeOid(OID.reasonCode), encodeOctetString(code)));
}

const REASON_EXTENSIONS: Readonly<Record<RevocationReason, Uint8Array>> = {
  keyCompromise: encodeReason('keyCompromise'),
  cACompromise: encodeReason('cACompromise'),
  affiliationChanged: encodeReason('affiliationChanged'),
  superseded: encodeReason('superseded'),
  cessationOfOperation: encodeReason('cessationOfOperation'),
  certificateHold: encodeReason('certificateHold'),
  privilegeWithdrawn: encodeReason('privilegeWithdrawn'),
  aACompromise: encodeReason('aACompromise'),
};

function listExtensions(input: RevocationListInput): Uint8Array[] {
  const { issuer, covers } = input;
  const number = BigInt(input.number);
  // RFC 5280, 5.2.3: at most 20 octets.
  if (number < 0n || number >= 1n << 159n)
    throw unusable('the number of a list is not negative and has 20 octets');
  const url = Buffer.from(checkAddress(input.distributionPointUrl, 'distributionPointUrl'), 'latin1');
  const fullName = encodeElement(
    contextTag(0, 'constructed'),
    encodeElement(contextTag(6, 'primitive'), url),
  );
  // IssuingDistributionPoint: [0] the point (a CHOICE, hence explicit), [1] user or [2] CA certificates only.
  const issuingDistributionPoint =
    covers === 'user-certificates'
      ? encodeSequence(
          encodeElement(contextTag(0, 'constructed'), fullName),
          encodeElement(contextTag(1, 'primitive'), TRUE_CONTENT),
        )
      : encodeSequence(encodeElement(contextTag(2, 'primitive'), TRUE_CONTENT));
  const keyIdentifier = encodeElement(contextTag(0, 'primitive'), Buffer.from(issuer.keyIdentifier, 'hex'));
  return [
    encodeSequence(encodeOid(OID.authorityKeyIdentifier), encodeOctetString(encodeSequence(keyIdentifier))),
    encodeSequence(encodeOid(OID.cRLNumber), encodeOctetString(encodeInteger(number))),
    encodeSequence(
      encodeOid(OID.issuingDistributionPoint),
      encodedTrue,
      encodeOctetString(issuingDistributionPoint),
    ),
  ];
}

function unusable(detail: string): ProblemError {
  return new ProblemError('certificate-unusable', { detail });
}
