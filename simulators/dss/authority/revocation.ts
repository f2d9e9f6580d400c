import { createHash, type X509Certificate } from 'node:crypto';
import * as der from '../der/encode.ts';
import { memberOf, readElement } from '../der/read.ts';
import type { CertificateState } from '../users.ts';
import {
  authorityKeyIdentifier,
  extension,
  type Issuer,
  keyIdentifier,
  SHA256_WITH_RSA,
  signed,
  spkiOf,
  subjectOf,
} from './issue.ts';

export interface RevokedEntry {
  readonly serialNumber: string;
  readonly state: CertificateState;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REVOKED_AT = new Date('2026-06-01T00:00:00Z');
const CRL_NUMBER = '2.5.29.20';
const REASON_CODE = '2.5.29.21';
const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';

/** A complete list of RFC 5280, 5, valid for a week. */
export function makeRevocationList(issuer: Issuer, entries: readonly RevokedEntry[], now: Date): Buffer {
  const list = entries.map(({ serialNumber, state }) =>
    der.sequence(
      der.integer(Buffer.from(serialNumber, 'hex')),
      der.time(REVOKED_AT),
      der.sequence(extension(REASON_CODE, der.enumerated(reasonOf(state)))),
    ),
  );
  const tbs = der.sequence(
    der.integer(1),
    SHA256_WITH_RSA,
    subjectOf(issuer.certificate),
    der.time(new Date(now.getTime() - HOUR_MS)),
    der.time(new Date(now.getTime() + 7 * DAY_MS)),
    ...(list.length === 0 ? [] : [der.sequence(...list)]),
    der.tagged(
      0,
      der.sequence(
        extension('2.5.29.35', authorityKeyIdentifier(issuer)),
        extension(CRL_NUMBER, der.integer(Math.floor(now.getTime() / 1000))),
      ),
    ),
  );
  return signed(tbs, issuer.privateKey);
}

/**
 * Answers a request of RFC 6960 for the certificates of one authority; others are unknown.
 * @param responder the authority itself or whom it lets answer
 */
export function answerOcsp(input: {
  readonly request: Buffer;
  readonly authority: X509Certificate;
  readonly responder: Issuer;
  /** By serial number in lower-case hex; undefined for one that was never issued. */
  readonly stateOf: (serialNumber: string) => CertificateState | undefined;
  readonly now: Date;
}): Buffer {
  const { authority, responder, now } = input;
  let asked: { ids: readonly Buffer[]; nonce: Buffer | undefined };
  try {
    asked = readRequest(input.request);
  } catch {
    // malformedRequest
    return der.sequence(der.enumerated(1));
  }
  const single = asked.ids.map((id) => {
    const serialNumber = memberOf(readElement(id), 3)
      .content.toString('hex')
      .replace(/^(?:00)+/, '');
    const status = matches(id, authority) ? input.stateOf(serialNumber) : undefined;
    return der.sequence(
      id,
      encodeStatus(status),
      der.generalizedTime(new Date(now.getTime() - HOUR_MS)),
      der.tagged(0, der.generalizedTime(new Date(now.getTime() + DAY_MS))),
    );
  });
  const data = der.sequence(
    der.tagged(2, der.octets(keyIdentifier(spkiOf(responder.certificate)))),
    der.generalizedTime(now),
    der.sequence(...single),
    ...(asked.nonce ? [der.tagged(1, der.sequence(extension(NONCE, asked.nonce)))] : []),
  );
  const certificates = der.tagged(0, der.sequence(responder.certificate.raw));
  const basic = readElement(signed(data, responder.privateKey));
  const withCertificates = der.sequence(...basic.members.map((member) => member.der), certificates);
  return der.sequence(
    der.enumerated(0),
    der.tagged(0, der.sequence(der.oid(BASIC_RESPONSE), der.octets(withCertificates))),
  );
}

function readRequest(request: Buffer): { ids: readonly Buffer[]; nonce: Buffer | undefined } {
  const tbs = memberOf(readElement(request), 0);
  const list = tbs.members.find((member) => member.tag === 0x30);
  const extensions = tbs.members.find((member) => member.tag === 0xa2)?.members[0]?.members ?? [];
  const nonce = extensions.find((member) => memberOf(member, 0).der.equals(der.oid(NONCE)));
  const ids = (list?.members ?? []).map((member) => memberOf(member, 0).der);
  if (ids.length === 0) throw new Error('nothing is asked');
  return { ids, nonce: nonce?.members.at(-1)?.content };
}

/** CertID, RFC 6960, 4.1.1. Other digests than these are answered with unknown. */
function matches(id: Buffer, authority: X509Certificate): boolean {
  const [algorithm, nameHash, keyHash] = readElement(id).members;
  const oid = algorithm?.members[0]?.der;
  const digest = [
    { name: 'sha1', oid: '1.3.14.3.2.26' },
    { name: 'sha256', oid: '2.16.840.1.101.3.4.2.1' },
  ].find((known) => oid?.equals(der.oid(known.oid)));
  if (!digest) return false;
  const hash = (bytes: Buffer) => createHash(digest.name).update(bytes).digest();
  const key = memberOf(readElement(spkiOf(authority)), 1).content.subarray(1);
  return (
    nameHash?.content.equals(hash(subjectOf(authority))) === true &&
    keyHash?.content.equals(hash(key)) === true
  );
}

function encodeStatus(state: CertificateState | undefined): Buffer {
  if (state === undefined) return der.implicit(2, Buffer.alloc(0));
  if (state !== 'suspended' && state !== 'revoked') return der.implicit(0, Buffer.alloc(0));
  const reason = der.tagged(0, der.enumerated(reasonOf(state)));
  return der.tagged(1, der.generalizedTime(REVOKED_AT), reason);
}

/** RFC 5280, 5.3.1: certificateHold or keyCompromise. */
function reasonOf(state: CertificateState): number {
  return state === 'suspended' ? 6 : 1;
}
