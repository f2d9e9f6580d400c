import type { IssuerId, SerialNumber } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Random } from '../kernel/random.ts';
import { earlier } from '../pki/issuance/validity.ts';
import { type CertificateId, createIssuerMatch } from '../pki/ocsp/certificate-id.ts';
import {
  type CertificateStatus,
  encodeOcspError,
  issueOcspResponse,
  type OcspError,
} from '../pki/ocsp/issue-response.ts';
import { parseOcspRequest } from '../pki/ocsp/parse-request.ts';
import { appointResponder, type ResponderKey } from '../pki/ocsp/responder-key.ts';
import { parseCertificate } from '../pki/x509/certificate.ts';
import { makeSerialNumber } from '../pki/x509/serial-number.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { secondsAfter } from './options.ts';
import type { EnrolmentPort, Issuer } from './ports.ts';

/** How long an answer may be believed; whoever caches it learns of a revocation so much later. */
const ANSWER_VALID_SECONDS = 3_600;
/** An answer signed earlier is given again while at least half of its time is left. */
const REUSE_SECONDS = ANSWER_VALID_SECONDS / 2;
/** Signed answers, and what is known of certificates. */
const MAX_KEPT = 10_000;
/** How long a change of any certificate may stay unnoticed here. */
const REVISION_EVERY_MS = 1_000;
const KEY_VALID_DAYS = 7;
const KEY_RENEW_SECONDS = 3.5 * 24 * 3_600;

export interface OcspReply {
  /** OCSPResponse in DER. */
  readonly der: Uint8Array;
  /** Set where the answer is the same for everybody who asks: how long it may be kept. */
  readonly reusableUntil?: Date;
}

/** Answers who may ask anything about our certificates: everybody. */
export interface OcspResponder {
  /** Never throws: what cannot be answered is told in the answer's own words (RFC 6960, 4.2.1). */
  respond(requestDer: Uint8Array): Promise<OcspReply>;
}

export interface OcspResponderDependencies {
  readonly port: Pick<
    EnrolmentPort,
    'listIssuers' | 'readCertificateRevision' | 'findCertificateStatus' | 'recordResponder'
  >;
  readonly authority: Pick<CertificateAuthority, 'openIssuer'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

interface KnownIssuer {
  readonly issuer: Issuer;
  readonly matches: (id: CertificateId) => boolean;
  key?: { readonly made: Promise<ResponderKey>; readonly renewAt: Date };
}

/** Each process has keys of its own, in memory only; a crash or a restart costs one appointment. */
export function createOcspResponder(dependencies: OcspResponderDependencies): OcspResponder {
  const { port, clock, logger } = dependencies;
  const answers = new Map<string, { readonly reply: OcspReply; readonly signedAt: Date }>();
  const statuses = new Map<string, CertificateStatus>();
  let issuers: readonly KnownIssuer[] = [];
  let seen: { readonly revision: number; readonly atMs: number } | undefined;

  /** Forgets what was signed, and looks for new issuers, whenever anything about certificates has changed. */
  async function look(atMs: number): Promise<void> {
    const revision = await port.readCertificateRevision();
    if (revision !== seen?.revision) {
      const known = new Map(issuers.map((each) => [each.issuer.id, each]));
      issuers = (await port.listIssuers())
        // An authority whose key is elsewhere cannot appoint anybody here.
        .filter(({ privateKeyPkcs8 }) => privateKeyPkcs8 !== undefined)
        .map((issuer) => known.get(issuer.id) ?? toKnownIssuer(issuer));
      answers.clear();
      statuses.clear();
    }
    seen = { revision, atMs };
  }

  let looking: Promise<void> | undefined;
  function refresh(): Promise<void> | undefined {
    const atMs = clock.now().getTime();
    if (seen && Math.abs(atMs - seen.atMs) < REVISION_EVERY_MS) return undefined;
    looking ??= look(atMs).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function keyOf(known: KnownIssuer): Promise<ResponderKey> {
    const now = clock.now();
    if (known.key === undefined || now >= known.key.renewAt) {
      const made = appoint(dependencies, known.issuer);
      known.key = { made, renewAt: secondsAfter(now, KEY_RENEW_SECONDS) };
      made.catch(() => delete known.key);
    }
    return known.key.made;
  }

  async function statusOf(issuerId: IssuerId, { serialNumber }: CertificateId): Promise<CertificateStatus> {
    const name = `${issuerId} ${serialNumber}`;
    const kept = statuses.get(name);
    if (kept !== undefined) return kept;
    const revision = seen?.revision;
    const status = await findStatus(port, issuerId, serialNumber);
    // Serial numbers that we never gave out are anybody's guess: they would push the others out.
    if (status.kind !== 'unknown' && revision === seen?.revision) keep(statuses, name, status);
    return status;
  }

  async function answer(requestDer: Uint8Array): Promise<OcspReply> {
    const request = parseOcspRequest(requestDer);
    await refresh();
    const [first, ...others] = request.certificates;
    const known = first && issuers.find(({ matches }) => matches(first));
    // RFC 6960, 2.3: not authorised to speak for this issuer. One answer has one signer, so all must be its own.
    if (first === undefined || known === undefined || !others.every(known.matches))
      return failure('unauthorized');
    const isShared = request.nonce === undefined && others.length === 0;
    const name = isShared ? Buffer.from(first.der).toString('latin1') : undefined;
    const now = clock.now();
    const kept = name === undefined ? undefined : answers.get(name);
    if (kept && now >= kept.signedAt && now < secondsAfter(kept.signedAt, REUSE_SECONDS)) return kept.reply;

    const key = await keyOf(known);
    const revision = seen?.revision;
    const about = await Promise.all(
      request.certificates.map(async (id) => ({ id, status: await statusOf(known.issuer.id, id) })),
    );
    const nextUpdate = earlier(secondsAfter(now, ANSWER_VALID_SECONDS), key.certificate.notAfter);
    const der = issueOcspResponse(key, {
      answers: about,
      thisUpdate: now,
      nextUpdate,
      ...(request.nonce && { nonce: request.nonce }),
    });
    if (name === undefined) return { der };
    const reply = { der, reusableUntil: nextUpdate };
    // Something changed while this was signed: it is true of its moment, and is not kept.
    if (revision !== seen?.revision) return reply;
    keep(answers, name, { reply, signedAt: now });
    return reply;
  }

  return {
    async respond(requestDer) {
      try {
        return await answer(requestDer);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'der-invalid') return failure('malformedRequest');
        logger.error({ err: error }, 'a question about a certificate could not be answered');
        return failure('tryLater');
      }
    },
  };
}

/** At most so many, the newest ones. */
function keep<Value>(values: Map<string, Value>, name: string, value: Value): void {
  values.delete(name);
  values.set(name, value);
  const [oldest] = values.keys();
  if (values.size > MAX_KEPT && oldest !== undefined) values.delete(oldest);
}

function failure(error: OcspError): OcspReply {
  return { der: encodeOcspError(error) };
}

function toKnownIssuer(issuer: Issuer): KnownIssuer {
  return { issuer, matches: createIssuerMatch(parseCertificate(issuer.certificateDer)) };
}

async function appoint(
  { port, authority, clock, random, logger }: OcspResponderDependencies,
  issuer: Issuer,
): Promise<ResponderKey> {
  const serialNumber = makeSerialNumber(random);
  await port.recordResponder(issuer.id, serialNumber, { kind: 'system' }, clock.now());
  const key = await appointResponder(
    authority.openIssuer(issuer),
    { validityDays: KEY_VALID_DAYS, serialNumber },
    { clock, random },
  );
  logger.info({ issuerId: issuer.id, serialNumber }, 'a key for answers about certificates was appointed');
  return key;
}

/** RFC 6960, 2.2: `unknown` where this authority never gave out the serial number. */
async function findStatus(
  port: Pick<EnrolmentPort, 'findCertificateStatus'>,
  issuerId: IssuerId,
  serialNumber: SerialNumber,
): Promise<CertificateStatus> {
  const found = await port.findCertificateStatus(issuerId, serialNumber);
  if (found === undefined) return { kind: 'unknown' };
  return found.kind === 'good'
    ? found
    : { kind: 'revoked', revokedAt: found.revokedAt, reason: found.reason };
}
