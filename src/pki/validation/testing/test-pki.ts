/** For tests: certificates, lists and OCSP responses of any content, signed with P-256. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type IndexedRevocationList, indexRevocationList } from '../../crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../../crl/parse-revocation-list.ts';
import { TAG } from '../../der/der-element.ts';
import {
  encodeBitString,
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { type Certificate, parseCertificate } from '../../x509/certificate.ts';
import {
  basicConstraints,
  encodeExtensions,
  explicit,
  extension,
  generalName,
  keyIdentifiers,
  keyUsage,
  nameOf,
  type TestExtension,
} from './extensions.ts';

export const TEST_TIME = new Date('2026-11-22T12:00:00Z');

export function daysFromNow(days: number): Date {
  return new Date(TEST_TIME.getTime() + days * 86_400_000);
}

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly identifier: Uint8Array;
}

export function makeKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, spki, identifier: createHash('sha1').update(spki).digest() };
}

export interface TestEntity {
  readonly name: string;
  readonly key: TestKey;
  readonly certificate: Certificate;
}

const ALGORITHM = encodeSequence(encodeOid(OID.ecdsaWithSHA256));

function signed(tbs: Uint8Array, key: TestKey): Uint8Array {
  return encodeSequence(tbs, ALGORITHM, encodeBitString(sign('sha256', tbs, key.privateKey)));
}

let nextSerial = 1000;

export interface CertificateSpec {
  readonly issuer?: Pick<TestEntity, 'name' | 'key'>;
  readonly key?: TestKey;
  readonly serial?: number;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly TestExtension[];
  readonly version?: 1 | 3;
  /** Without the identifiers of keys. */
  readonly isBare?: boolean;
}

/** @param name `CN=x,O=y`; without an issuer it is self-signed */
export function makeCertificate(name: string, spec: CertificateSpec = {}): TestEntity {
  const key = spec.key ?? makeKey();
  const issuer = spec.issuer ?? { name, key };
  const identifiers = spec.isBare
    ? []
    : [keyIdentifiers.subject(key.identifier), keyIdentifiers.authority(issuer.key.identifier)];
  const extensions = [...identifiers, ...(spec.extensions ?? [])];
  nextSerial += 1;
  const tbs = encodeSequence(
    ...(spec.version === 1 ? [] : [explicit(0, encodeInteger(2))]),
    encodeInteger(spec.serial ?? nextSerial),
    ALGORITHM,
    nameOf(issuer.name),
    encodeSequence(
      encodeTime(spec.notBefore ?? daysFromNow(-30)),
      encodeTime(spec.notAfter ?? daysFromNow(300)),
    ),
    nameOf(name),
    key.spki,
    ...(spec.version === 1 || extensions.length === 0 ? [] : [explicit(3, encodeExtensions(extensions))]),
  );
  return { name, key, certificate: parseCertificate(signed(tbs, issuer.key)) };
}

export function makeAuthority(name: string, spec: CertificateSpec = {}): TestEntity {
  return makeCertificate(name, {
    ...spec,
    extensions: [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign'), ...(spec.extensions ?? [])],
  });
}

export interface ListSpec {
  readonly number?: number;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly entries?: readonly {
    readonly certificate: Certificate;
    readonly reason?: number;
    /** Written as the entry's certificateIssuer. */
    readonly issuer?: string;
    readonly extensions?: readonly TestExtension[];
  }[];
  readonly extensions?: readonly TestExtension[];
}

export function makeListDer(issuer: Pick<TestEntity, 'name' | 'key'>, spec: ListSpec = {}): Uint8Array {
  const entries = (spec.entries ?? []).map(
    ({ certificate, reason, issuer: certificateIssuer, extensions }) => {
      const all = [
        ...(reason === undefined
          ? []
          : [extension(OID.reasonCode, encodeElement(TAG.enumerated, Uint8Array.of(reason)))]),
        ...(certificateIssuer === undefined
          ? []
          : [
              extension(
                OID.certificateIssuer,
                encodeSequence(generalName.directory(certificateIssuer)),
                true,
              ),
            ]),
        ...(extensions ?? []),
      ];
      return encodeSequence(
        encodeElement(TAG.integer, Buffer.from(certificate.serialNumber, 'hex')),
        encodeTime(daysFromNow(-2)),
        ...(all.length === 0 ? [] : [encodeExtensions(all)]),
      );
    },
  );
  const extensions = [
    keyIdentifiers.authority(issuer.key.identifier),
    extension(OID.cRLNumber, encodeInteger(spec.number ?? 1)),
    ...(spec.extensions ?? []),
  ];
  const tbs = encodeSequence(
    encodeInteger(1),
    ALGORITHM,
    nameOf(issuer.name),
    encodeTime(spec.thisUpdate ?? daysFromNow(-1)),
    encodeTime(spec.nextUpdate ?? daysFromNow(6)),
    ...(entries.length === 0 ? [] : [encodeSequence(...entries)]),
    explicit(0, encodeExtensions(extensions)),
  );
  return signed(tbs, issuer.key);
}

export function makeList(
  issuer: Pick<TestEntity, 'name' | 'key'>,
  spec: ListSpec = {},
): IndexedRevocationList {
  return indexRevocationList(parseRevocationList(makeListDer(issuer, spec)));
}

export interface ResponseSpec {
  readonly certificate: Certificate;
  readonly issuer: TestEntity;
  readonly signer: TestEntity;
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly reason?: number;
  readonly digest?: 'sha1' | 'sha256';
  readonly responderBy?: 'name' | 'key';
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | undefined;
  readonly certificates?: readonly Certificate[];
  readonly nonce?: Uint8Array;
  readonly extensions?: readonly TestExtension[];
}

const generalizedTime = (time: Date): Uint8Array =>
  encodeElement(
    TAG.generalizedTime,
    Buffer.from(`${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`),
  );

export function makeResponseDer(spec: ResponseSpec): Uint8Array {
  const { certificate, issuer, signer, status = 'good', digest = 'sha1' } = spec;
  const hashOf = (bytes: Uint8Array, algorithm: string = digest) =>
    encodeOctetString(createHash(algorithm).update(bytes).digest());
  // The key itself: the last 65 octets of a P-256 SubjectPublicKeyInfo.
  const bitsOf = ({ key }: TestEntity) => key.spki.subarray(-65);
  const certId = encodeSequence(
    encodeSequence(encodeOid(digest === 'sha1' ? OID.sha1 : OID.sha256)),
    hashOf(certificate.issuer.der),
    hashOf(bitsOf(issuer)),
    encodeElement(TAG.integer, Buffer.from(certificate.serialNumber, 'hex')),
  );
  const reason =
    spec.reason === undefined ? [] : [explicit(0, encodeElement(TAG.enumerated, Uint8Array.of(spec.reason)))];
  const statuses = {
    good: encodeElement(0x80),
    revoked: explicit(1, generalizedTime(daysFromNow(-3)), ...reason),
    unknown: encodeElement(0x82),
  };
  const nextUpdate = 'nextUpdate' in spec ? spec.nextUpdate : daysFromNow(1);
  const extensions = [
    ...(spec.nonce ? [extension(OID.ocspNonce, encodeOctetString(spec.nonce))] : []),
    ...(spec.extensions ?? []),
  ];
  const tbs = encodeSequence(
    spec.responderBy === 'key'
      ? explicit(2, hashOf(bitsOf(signer), 'sha1'))
      : explicit(1, nameOf(signer.name)),
    generalizedTime(spec.thisUpdate ?? daysFromNow(-0.5)),
    encodeSequence(
      encodeSequence(
        certId,
        statuses[status],
        generalizedTime(spec.thisUpdate ?? daysFromNow(-0.5)),
        ...(nextUpdate ? [explicit(0, generalizedTime(nextUpdate))] : []),
      ),
    ),
    ...(extensions.length === 0 ? [] : [explicit(1, encodeExtensions(extensions))]),
  );
  const basic = encodeSequence(
    tbs,
    ALGORITHM,
    encodeBitString(sign('sha256', tbs, signer.key.privateKey)),
    ...(spec.certificates ? [explicit(0, encodeSequence(...spec.certificates.map(({ der }) => der)))] : []),
  );
  return encodeSequence(
    encodeElement(TAG.enumerated, Uint8Array.of(0)),
    explicit(0, encodeSequence(encodeOid(OID.ocspBasic), encodeOctetString(basic))),
  );
}
