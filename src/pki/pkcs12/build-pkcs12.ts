/**
 * Writes the file that a person installs (RFC 7292): key and certificate under one localKeyId, the issuing authority
 * beside them, integrity by a MAC. Two formats, because there is none that every system in use reads and that uses
 * nothing old:
 *
 * - `compatible`: triple DES and HMAC-SHA-1. Read by everything from Windows 7 on.
 * - `modern`: AES-256-CBC, PBKDF2 with HMAC-SHA-256, MAC with SHA-256. Older systems call it a wrong password.
 *
 * Salts have eight octets in both: a longer one was refused by macOS.
 */
import { createHmac, hash } from 'node:crypto';
import {
  ContentEncryptionAlgorithmIdentifier,
  ContentInfo,
  EncryptedContent,
  EncryptedContentInfo,
} from '@peculiar/asn1-cms';
import {
  AuthenticatedSafe,
  CertBag,
  MacData,
  PFX,
  PKCS12Attribute,
  SafeBag,
  SafeContents,
} from '@peculiar/asn1-pfx';
import { DigestInfo } from '@peculiar/asn1-rsa';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { TAG } from '../der/der-element.ts';
import { encodeElement, encodeInteger, encodeOctetString, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { type Encrypted, encryptPbes2 } from '../pkcs5/pbes2.ts';
import { encodeEncryptedPrivateKey } from '../pkcs8/encrypted-private-key.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';
import { derivePkcs12, encodePkcs12Password } from './pkcs12-kdf.ts';
import { encryptTripleDes } from './pkcs12-pbe.ts';

export type Pkcs12Format = 'compatible' | 'modern';

export interface Pkcs12Input {
  readonly format: Pkcs12Format;
  readonly certificateDer: Uint8Array;
  /** PKCS#8 in DER; the key of `certificateDer`. */
  readonly privateKeyPkcs8: Uint8Array;
  /** The issuing authority: Firefox needs it to match the names that a server asks for. */
  readonly authoritiesDer: readonly Uint8Array[];
  /** What certificate stores show. */
  readonly friendlyName: string;
  /** Printable ASCII: readers differ in how they encode everything else. Never empty. */
  readonly password: string;
  readonly iterations?: number;
}

const SALT_BYTES = 8;
/**
 * Chosen so that a file takes some ten milliseconds in either format: the derivation of `compatible` runs in
 * JavaScript seven times. With 60 random bits in the password the count adds little.
 */
const DEFAULT_ITERATIONS = { compatible: 2048, modern: 10_000 } as const satisfies Record<
  Pkcs12Format,
  number
>;

/**
 * The file in DER.
 *
 * @throws {ProblemError} `certificate-unusable` when key and certificate do not belong together, `password-invalid`
 */
export function buildPkcs12(input: Pkcs12Input, deps: { readonly random: Random }): Uint8Array {
  checkInput(input);
  const { certificateDer, password, format } = input;
  const encrypt = encryptionOf(input, deps.random);
  const attributes = bagAttributes(input.friendlyName, certificateDer);
  const certificates = new SafeContents([
    certificateBag(certificateDer, attributes),
    ...input.authoritiesDer.map((authorityDer) => certificateBag(authorityDer, [])),
  ]);
  const keys = new SafeContents([
    new SafeBag({
      bagId: OID.pkcs8ShroudedKeyBag,
      bagValue: toBuffer(encodeEncryptedPrivateKey(encrypt(input.privateKeyPkcs8))),
      bagAttributes: attributes,
    }),
  ]);
  const authenticatedSafe = new Uint8Array(
    AsnConvert.serialize(
      new AuthenticatedSafe([
        encryptedContent(encrypt(new Uint8Array(AsnConvert.serialize(certificates)))),
        dataContent(new Uint8Array(AsnConvert.serialize(keys))),
      ]),
    ),
  );
  const pfx = new PFX({
    version: 3,
    authSafe: dataContent(authenticatedSafe),
    macData: makeMac(authenticatedSafe, password, format, iterationsOf(input), deps.random),
  });
  return new Uint8Array(AsnConvert.serialize(pfx));
}

function checkInput(input: Pkcs12Input): void {
  if (!/^[\x20-\x7e]+$/.test(input.password)) {
    throw new ProblemError('password-invalid', {
      detail: 'the password of a certificate file is printable ASCII and not empty',
    });
  }
  const { publicKeySpki } = parseCertificate(input.certificateDer);
  if (Buffer.compare(publicKeyOf(readPrivateKey(input.privateKeyPkcs8)), publicKeySpki) !== 0) {
    throw new ProblemError('certificate-unusable', {
      detail: 'the private key is not the key of the certificate',
    });
  }
  // Windows loses the private key when the leaf stands in the file twice.
  if (input.authoritiesDer.some((authorityDer) => Buffer.compare(authorityDer, input.certificateDer) === 0)) {
    throw new ProblemError('certificate-unusable', {
      detail: 'the certificate stands among its authorities',
    });
  }
}

function iterationsOf(input: Pkcs12Input): number {
  return input.iterations ?? DEFAULT_ITERATIONS[input.format];
}

function encryptionOf(input: Pkcs12Input, random: Random): (plaintext: Uint8Array) => Encrypted {
  const { format, password } = input;
  const options = { iterations: iterationsOf(input), saltBytes: SALT_BYTES };
  return format === 'compatible'
    ? (plaintext) => encryptTripleDes(plaintext, password, options, random)
    : (plaintext) => encryptPbes2(plaintext, password, { kind: 'pbkdf2', ...options }, random);
}

function certificateBag(certificateDer: Uint8Array, bagAttributes: PKCS12Attribute[]): SafeBag {
  const bag = new CertBag({
    certId: OID.x509Certificate,
    certValue: toBuffer(encodeOctetString(certificateDer)),
  });
  return new SafeBag({
    bagId: OID.certBag,
    bagValue: AsnConvert.serialize(bag),
    ...(bagAttributes.length > 0 && { bagAttributes }),
  });
}

function bagAttributes(friendlyName: string, certificateDer: Uint8Array): PKCS12Attribute[] {
  const name = Buffer.from(friendlyName, 'utf16le').swap16();
  const keyId = hash('sha256', certificateDer, 'buffer').subarray(0, 20);
  const attributes = [
    attribute(OID.friendlyName, encodeElement(TAG.bmpString, name)),
    attribute(OID.localKeyId, encodeOctetString(keyId)),
  ];
  // X.690, 11.6: the elements of a SET OF stand in the order of their encodings.
  return attributes
    .map((value) => ({ value, der: new Uint8Array(AsnConvert.serialize(value)) }))
    .sort((left, right) => Buffer.compare(left.der, right.der))
    .map(({ value }) => value);
}

/** The constructor of the schema's class ignores its arguments, hence the assignments. */
function attribute(attrId: string, value: Uint8Array): PKCS12Attribute {
  const result = new PKCS12Attribute();
  result.attrId = attrId;
  result.attrValues = [toBuffer(value)];
  return result;
}

function dataContent(content: Uint8Array): ContentInfo {
  return new ContentInfo({ contentType: OID.data, content: toBuffer(encodeOctetString(content)) });
}

function encryptedContent({ algorithmDer, ciphertext }: Encrypted): ContentInfo {
  const info = new EncryptedContentInfo({
    contentType: OID.data,
    contentEncryptionAlgorithm: AsnConvert.parse(algorithmDer, ContentEncryptionAlgorithmIdentifier),
    encryptedContent: new EncryptedContent({ value: new OctetString(ciphertext) }),
  });
  // EncryptedData (RFC 2315, section 13), version 0.
  const encryptedData = encodeSequence(encodeInteger(0), new Uint8Array(AsnConvert.serialize(info)));
  return new ContentInfo({ contentType: OID.encryptedData, content: toBuffer(encryptedData) });
}

function makeMac(
  content: Uint8Array,
  password: string,
  format: Pkcs12Format,
  iterations: number,
  random: Random,
): MacData {
  const digest = format === 'compatible' ? 'sha1' : 'sha256';
  const salt = random.bytes(SALT_BYTES);
  const key = derivePkcs12({
    digest,
    purpose: 'mac',
    password: encodePkcs12Password(password),
    salt,
    iterations,
    length: digest === 'sha1' ? 20 : 32,
  });
  return new MacData({
    mac: new DigestInfo({
      digestAlgorithm: new AlgorithmIdentifier({ algorithm: OID[digest], parameters: null }),
      digest: new OctetString(createHmac(digest, key).update(content).digest()),
    }),
    macSalt: new OctetString(salt),
    iterations,
  });
}

function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
