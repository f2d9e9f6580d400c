import type { Actor } from '../kernel/audit-event.ts';
import type { IssuerId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Random } from '../kernel/random.ts';
import { acceptAuthority } from '../pki/issuance/accept-authority.ts';
import { createIssuingCa } from '../pki/issuance/authority.ts';
import { makeCertificationRequest } from '../pki/issuance/certification-request.ts';
import { openIssuer } from '../pki/issuance/issuer.ts';
import { type Certificate, parseCertificate } from '../pki/x509/certificate.ts';
import { generateKeyPair, type KeyAlgorithm } from '../pki/x509/key-pair.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { EnrolmentPort, KeptIssuer } from './ports.ts';

const DEFAULT_YEARS = 10;

export interface RotationDependencies {
  readonly port: Pick<
    EnrolmentPort,
    'listIssuers' | 'replaceIssuing' | 'storeIssuerRequest' | 'findIssuerRequest'
  >;
  readonly authority: Pick<CertificateAuthority, 'addressesOf'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly organisation: string;
}

export interface Rotation {
  readonly former: Certificate;
  readonly current: Certificate;
}

/**
 * Another issuing authority under the same root takes over. Nobody is locked out: certificates of the former one stay
 * good until they end, and both names are offered to browsers.
 *
 * @param rootKeyPkcs8 the root's key where it has left the server
 * @throws {ProblemError} `issuer-unavailable` without the root's key, or with another one; `certificate-unusable` for
 *   a name that cannot be; `certificate-state` where somebody else was quicker
 */
export async function rotateAuthority(
  dependencies: RotationDependencies,
  input: { readonly commonName?: string; readonly rootKeyPkcs8?: Uint8Array; readonly actor: Actor },
): Promise<Rotation> {
  const { port, authority, clock, random, keyAlgorithm, organisation } = dependencies;
  const issuers = await port.listIssuers();
  const active = getActive(issuers);
  const root = issuers.find(({ role, status }) => role === 'root' && status === 'active');
  const rootKey = input.rootKeyPkcs8 ?? root?.privateKeyPkcs8;
  if (root === undefined || rootKey === undefined) {
    throw new ProblemError('issuer-unavailable', {
      detail: 'the root’s key is not on this server; give the file that it was taken away in',
    });
  }
  const rootIssuer = openIssuer({
    id: root.id,
    certificateDer: root.certificateDer,
    privateKeyPkcs8: rootKey,
  });
  const now = clock.now();
  const made = await createIssuingCa(
    {
      id: random.id<IssuerId>(),
      root: rootIssuer,
      commonName: input.commonName ?? nextName(issuers),
      organisation,
      keyAlgorithm,
      validityYears: yearsWithin(rootIssuer.certificate.notAfter, now),
      ...authority.addressesOf(root.id),
    },
    { clock, random },
  );
  const { certificate, id } = made.issuer;
  refuseKnownName(certificate, issuers);
  const { certificateDer, privateKeyPkcs8 } = made;
  const issuing = { id, role: 'issuing', certificateDer, privateKeyPkcs8, createdAt: now } as const;
  const { actor } = input;
  if (!(await port.replaceIssuing({ retires: active.id, issuing, above: [], actor, now }))) throw tooLate();
  return { former: parseCertificate(active.certificateDer), current: certificate };
}

/**
 * A request (PKCS#10, DER) for an issuing authority under somebody else's root. Its key stays here and waits; an earlier
 * request is void then.
 *
 * @throws {ProblemError} `certificate-unusable` for a name that cannot be
 */
export async function requestAuthority(
  { port, clock, random, keyAlgorithm, organisation }: RotationDependencies,
  input: { readonly commonName?: string; readonly actor: Actor },
): Promise<Uint8Array> {
  const commonName = input.commonName ?? nextName(await port.listIssuers());
  const { privateKeyPkcs8 } = await generateKeyPair(keyAlgorithm);
  const requestDer = makeCertificationRequest({ commonName, organisation }, privateKeyPkcs8);
  await port.storeIssuerRequest({ id: random.id(), privateKeyPkcs8, createdAt: clock.now() }, input.actor);
  return requestDer;
}

/**
 * What was requested comes back signed and takes over.
 *
 * @param candidatesDer the certificates over it
 * @throws {ProblemError} `issuer-unavailable` where nothing was requested; `certificate-unusable` with what has to be
 *   different; `certificate-state` where somebody else was quicker
 */
export async function installAuthority(
  { port, clock, random }: RotationDependencies,
  input: {
    readonly certificateDer: Uint8Array;
    readonly candidatesDer: readonly Uint8Array[];
    readonly actor: Actor;
  },
): Promise<Rotation> {
  const request = await port.findIssuerRequest();
  if (request === undefined) {
    throw new ProblemError('issuer-unavailable', { detail: 'no request waits for a certificate' });
  }
  const { privateKeyPkcs8, id } = request;
  const now = clock.now();
  const issuers = await port.listIssuers();
  const active = getActive(issuers);
  const known = issuers.map(({ certificateDer }) => certificateDer);
  const { certificate, above } = acceptAuthority(
    {
      certificateDer: input.certificateDer,
      privateKeyPkcs8,
      candidatesDer: [...input.candidatesDer, ...known],
    },
    now,
  );
  refuseKnownName(certificate, issuers);
  openIssuer({ id, certificateDer: certificate.der, privateKeyPkcs8 });
  const rotated = await port.replaceIssuing({
    retires: active.id,
    issuing: { id, role: 'issuing', certificateDer: certificate.der, privateKeyPkcs8, createdAt: now },
    above: above
      .filter(({ der }) => known.every((other) => Buffer.compare(other, der) !== 0))
      .map(({ der }) => ({
        id: random.id<IssuerId>(),
        role: 'root',
        certificateDer: der,
        privateKeyPkcs8: undefined,
        createdAt: now,
      })),
    actor: input.actor,
    now,
  });
  if (!rotated) throw tooLate();
  return { former: parseCertificate(active.certificateDer), current: certificate };
}

function getActive(issuers: readonly KeptIssuer[]): KeptIssuer {
  const active = issuers.find(({ role, status }) => role === 'issuing' && status === 'active');
  if (active === undefined) throw new ProblemError('issuer-unavailable');
  return active;
}

/** «Access CA», «Access CA 2», «Access CA 3»: by its first one's name. */
function nextName(issuers: readonly KeptIssuer[]): string {
  const issuing = issuers.filter(({ role }) => role === 'issuing');
  const [first] = issuing;
  const base = first ? parseCertificate(first.certificateDer).subject.commonName : undefined;
  const number = ` ${issuing.length + 1}`;
  return `${[...(base ?? 'Access CA')].slice(0, 64 - number.length).join('')}${number}`;
}

/** Lists and certificates refer to their issuer by name (RFC 5280, 6.3.3): two authorities of one name get mixed up. */
function refuseKnownName({ subject }: Certificate, issuers: readonly KeptIssuer[]): void {
  const isKnown = issuers.some(
    ({ certificateDer }) => parseCertificate(certificateDer).subject.text === subject.text,
  );
  if (isKnown) {
    throw new ProblemError('certificate-unusable', {
      detail: `there is an authority named ${subject.text} already; give another name`,
    });
  }
}

/** Whole years, ten at most, and not beyond the root. */
function yearsWithin(end: Date, now: Date): number {
  for (let years = DEFAULT_YEARS; years > 1; years -= 1) {
    const then = new Date(now);
    then.setUTCFullYear(then.getUTCFullYear() + years);
    if (then <= end) return years;
  }
  return 1;
}

function tooLate(): ProblemError {
  return new ProblemError('certificate-state', {
    detail: 'another issuing authority took over meanwhile; look at the list and try again',
  });
}
