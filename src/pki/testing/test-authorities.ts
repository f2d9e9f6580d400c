/** For tests of this folder: the same authorities and a frozen clock. */
import type { IssuerId } from '../../kernel/brand.ts';
import { parseLogin } from '../../kernel/login.ts';
import { type Random, systemRandom } from '../../kernel/random.ts';
import { createIssuingCa, createRootCa, type IssuanceDeps } from '../issuance/authority.ts';
import { issueCertificate } from '../issuance/issue-certificate.ts';
import { type CertificateInput, prepareCertificate } from '../issuance/prepare-certificate.ts';
import { generateKeyPair, type KeyAlgorithm } from '../x509/key-pair.ts';

export const NOW = new Date('2026-11-22T12:00:00Z');
export const ADDRESSES = {
  caIssuersUrl: 'http://pki.propusk.example/issuing.cer',
  revocationListUrl: 'http://pki.propusk.example/issuing.crl',
};
const ROOT_ADDRESSES = {
  caIssuersUrl: 'http://pki.propusk.example/root.cer',
  revocationListUrl: 'http://pki.propusk.example/root.crl',
};

export function depsAt(now: Date, random: Random = systemRandom): IssuanceDeps {
  return { clock: { now: () => new Date(now) }, random };
}

export async function makeAuthorities(keyAlgorithm: KeyAlgorithm = 'p-256', now = NOW) {
  const deps = depsAt(now);
  const root = await createRootCa(
    { id: 'root' as IssuerId, commonName: 'Access Root', organisation: 'Romashka', keyAlgorithm },
    deps,
  );
  const issuing = await createIssuingCa(
    {
      id: 'issuing' as IssuerId,
      root: root.issuer,
      commonName: 'Access 1',
      organisation: 'Romashka',
      keyAlgorithm,
      ...ROOT_ADDRESSES,
    },
    deps,
  );
  return { root, issuing };
}

export type Authorities = Awaited<ReturnType<typeof makeAuthorities>>;

export async function issueFor(
  login: string,
  { issuing }: Authorities,
  options: Partial<CertificateInput> & { keyAlgorithm?: KeyAlgorithm; now?: Date } = {},
) {
  const { keyAlgorithm, now = NOW, ...input } = options;
  const keyPair = await generateKeyPair(keyAlgorithm);
  const token = prepareCertificate(
    {
      issuer: issuing.issuer,
      login: parseLogin(login),
      publicKeySpki: keyPair.publicKeySpki,
      timeZone: 'UTC',
      ...ADDRESSES,
      ...input,
    },
    depsAt(now),
  );
  return { ...issueCertificate(token), keyPair };
}
