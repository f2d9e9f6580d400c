/** Digests by object identifier (RFC 3279, 4055, 8017, 9688), as `node:crypto` names them. */
export interface Digest {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly bytes: number;
  readonly isWeak: boolean;
}

const digest = (name: string, title: string, bytes: number, isWeak = false): Digest => ({
  name,
  title,
  bytes,
  isWeak,
});

export const DIGESTS = {
  md4: digest('md4', 'MD4', 16, true),
  md5: digest('md5', 'MD5', 16, true),
  sha1: digest('sha1', 'SHA-1', 20, true),
  sha224: digest('sha224', 'SHA-224', 28),
  sha256: digest('sha256', 'SHA-256', 32),
  sha384: digest('sha384', 'SHA-384', 48),
  sha512: digest('sha512', 'SHA-512', 64),
  'sha512-224': digest('sha512-224', 'SHA-512/224', 28),
  'sha512-256': digest('sha512-256', 'SHA-512/256', 32),
  'sha3-224': digest('sha3-224', 'SHA3-224', 28),
  'sha3-256': digest('sha3-256', 'SHA3-256', 32),
  'sha3-384': digest('sha3-384', 'SHA3-384', 48),
  'sha3-512': digest('sha3-512', 'SHA3-512', 64),
} as const;

const BY_OID: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.5': DIGESTS.md5,
  '1.3.14.3.2.26': DIGESTS.sha1,
  '2.16.840.1.101.3.4.2.1': DIGESTS.sha256,
  '2.16.840.1.101.3.4.2.2': DIGESTS.sha384,
  '2.16.840.1.101.3.4.2.3': DIGESTS.sha512,
  '2.16.840.1.101.3.4.2.4': DIGESTS.sha224,
  '2.16.840.1.101.3.4.2.5': DIGESTS['sha512-224'],
  '2.16.840.1.101.3.4.2.6': DIGESTS['sha512-256'],
  '2.16.840.1.101.3.4.2.7': DIGESTS['sha3-224'],
  '2.16.840.1.101.3.4.2.8': DIGESTS['sha3-256'],
  '2.16.840.1.101.3.4.2.9': DIGESTS['sha3-384'],
  '2.16.840.1.101.3.4.2.10': DIGESTS['sha3-512'],
};

export function findDigest(oid: string): Digest | undefined {
  return Object.hasOwn(BY_OID, oid) ? BY_OID[oid] : undefined;
}
