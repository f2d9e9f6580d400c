import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { memberOf, readElement } from '../der/read.ts';
import { type CertificateSpec, type CertificateState, type DssUser, USERS } from '../users.ts';
import { fixturePath, RSA_ISSUING, readFixture, rsaKey } from './authorities.ts';
import { issueCertificate, publicKeyOf, type RsaAddresses } from './issue.ts';

export type SigningKey =
  | { readonly kind: 'rsa'; readonly privateKey: KeyObject }
  | { readonly kind: 'gost'; readonly bits: 256 | 512; readonly keyFile: string };

export interface CloudCertificate {
  readonly id: number;
  readonly login: string;
  readonly der: Buffer;
  /** As `DName` shows it. */
  readonly subject: string;
  /** Of the certificate without the leading zero bytes, in lower-case hex. */
  readonly serialNumber: string;
  readonly state: CertificateState;
  readonly pin: string | undefined;
  readonly key: SigningKey;
}

/** Ids of one person are together, with room for a thousand. */
const IDS_PER_USER = 1000;
const NOT_BEFORE = new Date('2025-01-01T00:00:00Z');
const NOT_AFTER = new Date('2045-01-01T00:00:00Z');
const PAST = new Date('2026-01-01T00:00:00Z');
const FUTURE = new Date('2044-01-01T00:00:00Z');
/** OBJECT IDENTIFIER of GOST R 34.10-2012 with 512 bits (RFC 9215, 2). */
const GOST_512 = '06082a85030701010102';

/** The certificates of everybody: those in GOST from files, those in RSA made when somebody first asks. */
export class CloudCertificates {
  readonly #addresses: () => RsaAddresses;
  readonly #byLogin = new Map<string, readonly CloudCertificate[]>();
  readonly #withdrawn = new Set<number>();

  /** @param addresses known only once the simulator listens */
  constructor(addresses: () => RsaAddresses) {
    this.#addresses = addresses;
  }

  listOf(user: DssUser): readonly CloudCertificate[] {
    const made = this.#byLogin.get(user.login) ?? this.#make(user);
    this.#byLogin.set(user.login, made);
    return made.filter(({ id }) => !this.#withdrawn.has(id));
  }

  /** @param id 0 for the default one */
  find(user: DssUser, id: number): CloudCertificate | undefined {
    const all = this.listOf(user);
    return id === 0 ? all[0] : all.find((certificate) => certificate.id === id);
  }

  /** Withdrawn ones as well. Those that were shown are looked at first: a thousand take a second to make. */
  findBySerialNumber(algorithm: 'rsa' | 'gost', serialNumber: string): CloudCertificate | undefined {
    const fits = (one: CloudCertificate) => one.key.kind === algorithm && one.serialNumber === serialNumber;
    for (const made of this.#byLogin.values()) {
      const found = made.find(fits);
      if (found) return found;
    }
    for (const user of USERS) {
      if (this.#byLogin.has(user.login)) continue;
      const found = this.listOf(user).find(fits);
      if (found) return found;
    }
    return undefined;
  }

  /** The service shows it no more. */
  withdraw(id: number): void {
    this.#withdrawn.add(id);
  }

  restoreAll(): void {
    this.#withdrawn.clear();
  }

  /** What the list of the RSA authority has to name. */
  listRevoked(): readonly CloudCertificate[] {
    return USERS.filter((user) => user.certificates.some(({ state }) => isRevoked(state)))
      .flatMap((user) => this.#byLogin.get(user.login) ?? this.listOf(user))
      .filter(({ key, state }) => key.kind === 'rsa' && isRevoked(state));
  }

  #make(user: DssUser): readonly CloudCertificate[] {
    const first = USERS.indexOf(user) * IDS_PER_USER + 1;
    const specs = user.certificates.flatMap((spec) =>
      spec.algorithm === 'rsa' ? Array<CertificateSpec>(spec.count ?? 1).fill(spec) : [spec],
    );
    return specs.map((spec, index) => {
      const id = first + index;
      const { der, key } =
        spec.algorithm === 'gost' ? readGost(spec.file) : this.#issue(user, spec, id, index);
      const certificate = new X509Certificate(der);
      const state = spec.state ?? 'active';
      return {
        id,
        login: user.login,
        der: state === 'unparsable' ? damage(der) : der,
        subject: certificate.subject.replaceAll('\n', ', '),
        serialNumber: certificate.serialNumber.toLowerCase().replace(/^(?:00)+/, ''),
        state,
        pin: spec.pin,
        key,
      };
    });
  }

  #issue(user: DssUser, spec: CertificateSpec, id: number, index: number) {
    const privateKey = rsaKey(USERS.indexOf(user) + index);
    const serialNumber = createHash('sha256').update(`practice certificate ${id}`).digest().subarray(0, 16);
    serialNumber[0] = ((serialNumber[0] ?? 0) & 0x3f) | 0x40;
    const der = issueCertificate({
      issuer: RSA_ISSUING,
      serialNumber,
      name: {
        surname: user.name.surname,
        givenName: `${user.name.givenName}${index > 1 ? ` ${index}` : ''}`,
        organisation: 'ООО «Ромашка»',
      },
      publicKey: publicKeyOf(privateKey),
      notBefore: spec.state === 'not-yet-valid' ? FUTURE : NOT_BEFORE,
      notAfter: spec.state === 'expired' ? PAST : NOT_AFTER,
      addresses: this.#addresses(),
    });
    return { der, key: { kind: 'rsa', privateKey } as const };
  }
}

function isRevoked(state: CertificateState | undefined): boolean {
  return state === 'suspended' || state === 'revoked';
}

function readGost(file: string): { der: Buffer; key: SigningKey } {
  const pem = readFixture(`gost-${file}.pem`).toString('latin1');
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem)?.[1] ?? '';
  const der = Buffer.from(body, 'base64');
  const spki = memberOf(readElement(der), 0, 6).der.toString('hex');
  const keyFile = fixturePath(`gost-${file}.pem`);
  return { der, key: { kind: 'gost', bits: spki.includes(GOST_512) ? 512 : 256, keyFile } };
}

/** Still base64 of a DER SEQUENCE, but its inside ends in the middle of an element. */
function damage(der: Buffer): Buffer {
  const damaged = Buffer.from(der);
  // The length of tbsCertificate becomes larger than everything that follows.
  damaged.writeUInt16BE(0xfff0, 6);
  return damaged;
}
