import type { Actor } from '../kernel/audit-event.ts';
import type { IssuerId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Random } from '../kernel/random.ts';
import { createIssuingCa, createRootCa } from '../pki/issuance/authority.ts';
import { openIssuer, type Issuer as SigningIssuer } from '../pki/issuance/issuer.ts';
import type { KeyAlgorithm } from '../pki/x509/key-pair.ts';
import type { EnrolmentPort, Issuer } from './ports.ts';

export interface AuthorityOptions {
  readonly rootName: string;
  readonly issuingName: string;
  readonly organisation: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Where `<issuer>.crt` and `<issuer>.crl` are found, for example `http://id.example.org/pki`. Written into certificates. */
  readonly distributionUrl: string;
  /** Where questions about single certificates are answered (OCSP); undefined: certificates name no such place. */
  readonly ocspUrl?: string | undefined;
}

/** The instance's own certification authority. */
export interface CertificateAuthority {
  /** At the first start makes root and issuing authority; several nodes may try, one wins. */
  ensureCreated(actor: Actor): Promise<'created' | 'there-already'>;
  /** The authority that signs people's certificates now. @throws {ProblemError} `issuer-unavailable` */
  getIssuer(): Promise<SigningIssuer>;
  /** @throws {ProblemError} `issuer-unavailable` when its key has left the server */
  openIssuer(issuer: Issuer): SigningIssuer;
  /** DER of the certificate of any of our authorities. @throws {ProblemError} `issuer-unavailable` */
  getCertificate(id: IssuerId): Promise<Uint8Array>;
  addressesOf(id: IssuerId): {
    readonly caIssuersUrl: string;
    readonly revocationListUrl: string;
    readonly ocspUrl?: string;
  };
}

export function createCertificateAuthority(input: {
  readonly port: Pick<EnrolmentPort, 'getActiveIssuer' | 'listIssuers' | 'createIssuers'>;
  readonly options: AuthorityOptions;
  readonly clock: Clock;
  readonly random: Random;
}): CertificateAuthority {
  const { port, options, clock, random } = input;
  const opened = new Map<IssuerId, SigningIssuer>();
  const base = options.distributionUrl.replace(/\/+$/, '');

  const authority: CertificateAuthority = {
    addressesOf: (id) => ({
      caIssuersUrl: `${base}/${id}.crt`,
      revocationListUrl: `${base}/${id}.crl`,
      ...(options.ocspUrl !== undefined && { ocspUrl: options.ocspUrl }),
    }),
    async ensureCreated(actor) {
      if ((await port.listIssuers()).length > 0) return 'there-already';
      const { organisation, keyAlgorithm } = options;
      const rootId = random.id<IssuerId>();
      const createdAt = clock.now();
      const root = await createRootCa(
        { id: rootId, commonName: options.rootName, organisation, keyAlgorithm },
        { clock, random },
      );
      const issuing = await createIssuingCa(
        {
          id: random.id<IssuerId>(),
          root: root.issuer,
          commonName: options.issuingName,
          organisation,
          keyAlgorithm,
          ...authority.addressesOf(rootId),
        },
        { clock, random },
      );
      const row = (
        { issuer, certificateDer, privateKeyPkcs8 }: typeof root,
        role: Issuer['role'],
      ): Issuer => ({
        id: issuer.id,
        role,
        certificateDer,
        privateKeyPkcs8,
        createdAt,
      });
      const isOurs = await port.createIssuers(row(root, 'root'), row(issuing, 'issuing'), actor, createdAt);
      return isOurs ? 'created' : 'there-already';
    },
    async getIssuer() {
      return authority.openIssuer(await port.getActiveIssuer());
    },
    openIssuer({ id, certificateDer, privateKeyPkcs8 }) {
      const known = opened.get(id);
      if (known) return known;
      if (privateKeyPkcs8 === undefined) {
        throw new ProblemError('issuer-unavailable', {
          detail: 'the key of this authority is not on the server',
        });
      }
      const issuer = openIssuer({ id, certificateDer, privateKeyPkcs8 });
      opened.set(id, issuer);
      return issuer;
    },
    async getCertificate(id) {
      const issuer = (await port.listIssuers()).find((each) => each.id === id);
      if (issuer === undefined) throw new ProblemError('issuer-unavailable');
      return issuer.certificateDer;
    },
  };
  return authority;
}
