import type {
  AccessCertificateId,
  AccountId,
  IssuerId,
  SessionId,
  Sha256Fingerprint,
} from '../../kernel/brand.ts';
import { systemClock } from '../../kernel/clock.ts';
import { parseLogin } from '../../kernel/login.ts';
import { makeToken, systemRandom } from '../../kernel/random.ts';
import { createIssuingCa, createRootCa } from '../../pki/issuance/authority.ts';
import { issueCertificate } from '../../pki/issuance/issue-certificate.ts';
import { prepareCertificate } from '../../pki/issuance/prepare-certificate.ts';
import { createDemoServerCertificate } from '../../pki/issuance/server-certificate.ts';
import { encodePem } from '../../pki/pem/pem.ts';
import { generateKeyPair } from '../../pki/x509/key-pair.ts';
import type { Entry } from '../ports.ts';

const deps = { clock: systemClock, random: systemRandom };
const urls = {
  caIssuersUrl: 'http://pki.propusk.example/issuing.cer',
  revocationListUrl: 'http://pki.propusk.example/issuing.crl',
};

/** One person of the cast with a session and a certificate of their own. */
export interface Person {
  readonly login: string;
  readonly token: string;
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly entry: Entry;
}

export interface Cast {
  readonly ivanov: Person;
  readonly petrov: Person;
  readonly authorityPem: string;
  readonly server: { certificatesPem: string; privateKeyPem: string; authorityPem: string };
}

/** For tests: certificates of the real issuing code, made once per test file. */
export async function makeCast(hostNames: readonly string[]): Promise<Cast> {
  const root = await createRootCa({ id: 'root' as IssuerId, commonName: 'Access Root' }, deps);
  const issuing = await createIssuingCa(
    { id: 'issuing' as IssuerId, root: root.issuer, commonName: 'Access 1', ...urls },
    deps,
  );
  const person = async (login: string, displayName: string, number: number): Promise<Person> => {
    const keyPair = await generateKeyPair();
    const { certificate, certificateDer } = issueCertificate(
      prepareCertificate(
        {
          issuer: issuing.issuer,
          login: parseLogin(login),
          publicKeySpki: keyPair.publicKeySpki,
          ...urls,
        },
        deps,
      ),
    );
    return {
      login,
      token: makeToken(systemRandom),
      certificatePem: encodePem('CERTIFICATE', certificateDer),
      keyPem: encodePem('PRIVATE KEY', keyPair.privateKeyPkcs8),
      sha256Fingerprint: certificate.sha256Fingerprint,
      entry: {
        sessionId: `00000000-0000-4000-8000-00000000000${number}` as SessionId,
        accountId: `10000000-0000-4000-8000-00000000000${number}` as AccountId,
        login: parseLogin(login),
        displayName,
        account: { status: 'active' },
        current: {
          kind: 'issued',
          sha256Fingerprint: certificate.sha256Fingerprint,
          status: 'active',
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
        },
        currentCertificateId: `20000000-0000-4000-8000-00000000000${number}` as AccessCertificateId,
        lastSeenAt: new Date(),
      },
    };
  };
  return {
    ivanov: await person('ivanov', 'Иванов Иван', 1),
    petrov: await person('petrov', 'Петров Пётр', 2),
    authorityPem:
      encodePem('CERTIFICATE', issuing.certificateDer) + encodePem('CERTIFICATE', root.certificateDer),
    server: await createDemoServerCertificate({ commonName: 'Test servers', hostNames }, deps),
  };
}
