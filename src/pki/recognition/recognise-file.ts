/**
 * Says what a file is that a person brings to be imported, from its octets alone: names and types of files lie. Cheap
 * and never throws; what an object says is read by the reader of its kind.
 */

import { ProblemError } from '../../kernel/problem.ts';
import { BerReader } from '../der/ber-reader.ts';
import { recogniseDer } from './recognise-der.ts';
import type { FileFormat, ObjectKind, RecognisedFile, RecognisedObject } from './recognised-file.ts';
import { decodeBase64, type ScannedBlock, scanPem } from './scan-pem.ts';

const MAX_BYTES = 64 * 1024 * 1024;

export function recogniseFile(bytes: Uint8Array): RecognisedFile {
  if (bytes.length > MAX_BYTES) return { kind: 'too-large', maxBytes: MAX_BYTES };
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes[0] === 0x30) {
    const kind = recogniseDer(bytes);
    if (kind) return { kind: 'objects', form: 'der', objects: [objectOf(kind, bytes)] };
    const trimmed = withoutBlanksBehind(bytes);
    const kindOfTrimmed = trimmed.length < bytes.length ? recogniseDer(trimmed) : undefined;
    if (kindOfTrimmed) return { kind: 'objects', form: 'der', objects: [objectOf(kindOfTrimmed, trimmed)] };
  }
  const format = formatByMagic(bytes);
  if (format === 'zip') return { kind: 'zip' };
  if (format) return { kind: 'other-format', format };
  const text = decodeText(bytes);
  if (text === undefined) return { kind: 'unknown' };
  return recogniseText(text);
}

function recogniseText(text: string): RecognisedFile {
  const start = text.slice(0, 4096).trimStart();
  if (start === '' && text.trim() === '') return { kind: 'empty' };
  const objects = scanPem(text).map(objectOfBlock);
  if (objects.length > 0) return { kind: 'objects', form: 'pem', objects };
  if (isHtml(start)) return { kind: 'other-format', format: 'html' };
  if (/^<\?xml\b/i.test(start)) {
    return { kind: 'other-format', format: /<(?:!doctype\s+html|html)\b/i.test(start) ? 'html' : 'xml' };
  }
  if (/^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+) [A-Za-z0-9+/]/.test(start)) {
    return { kind: 'objects', form: 'pem', objects: [{ kind: 'ssh-key', der: new Uint8Array() }] };
  }
  const decoded = decodeBase64(text);
  const kind = decoded && recogniseDer(decoded);
  if (decoded && kind) return { kind: 'objects', form: 'base64', objects: [objectOf(kind, decoded)] };
  return { kind: 'text' };
}

function isHtml(start: string): boolean {
  let rest = start;
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->');
    if (end < 0) return false;
    rest = rest.slice(end + 3).trimStart();
  }
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(rest);
}

/** RFC 7468, and what programs write besides. */
const LABELS: Readonly<Record<string, ObjectKind>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'X509 CRL': 'revocation-list',
  CRL: 'revocation-list',
  PKCS7: 'signed-data',
  'PKCS #7 SIGNED DATA': 'signed-data',
  CMS: 'signed-data',
  PKCS12: 'pkcs12',
  PFX: 'pkcs12',
  'CERTIFICATE REQUEST': 'certification-request',
  'NEW CERTIFICATE REQUEST': 'certification-request',
  'PUBLIC KEY': 'public-key',
  'RSA PUBLIC KEY': 'public-key',
  'ENCRYPTED PRIVATE KEY': 'encrypted-private-key',
  'ATTRIBUTE CERTIFICATE': 'attribute-certificate',
  'OCSP RESPONSE': 'ocsp-response',
  'OCSP REQUEST': 'ocsp-request',
  'EC PARAMETERS': 'key-parameters',
  'DSA PARAMETERS': 'key-parameters',
  'DH PARAMETERS': 'key-parameters',
  'X9.42 DH PARAMETERS': 'key-parameters',
};

function kindOfLabel({ label, isEncrypted }: ScannedBlock): ObjectKind | undefined {
  if (label.startsWith('PGP ')) return 'pgp-message';
  if (label === 'OPENSSH PRIVATE KEY' || label === 'SSH2 PUBLIC KEY') return 'ssh-key';
  if (label.endsWith('PRIVATE KEY') && isEncrypted) return 'encrypted-private-key';
  if (Object.hasOwn(LABELS, label)) return LABELS[label];
  return label.endsWith('PRIVATE KEY') ? 'private-key' : undefined;
}

/** The content decides where it can: certificates are found under the labels of others, and the other way round. */
function objectOfBlock(block: ScannedBlock): RecognisedObject {
  const { label, bytes, damage } = block;
  const announced = kindOfLabel(block);
  if (announced === 'pgp-message' || announced === 'ssh-key')
    return { kind: announced, der: new Uint8Array(), label };
  if (damage) return { ...objectOf(announced ?? 'unknown', new Uint8Array()), label, damage };
  const found = block.isEncrypted ? undefined : recogniseDer(bytes);
  const kind = found === undefined || found === 'unknown' ? announced : found;
  if (announced?.endsWith('private-key')) return { ...objectOf(announced, bytes), label };
  // OpenSSL's TRUSTED CERTIFICATE has its own data behind the certificate.
  if (label === 'TRUSTED CERTIFICATE' && found === undefined)
    return { kind: 'certificate', der: firstElement(bytes), label };
  return {
    ...objectOf(kind ?? 'unknown', bytes),
    label,
    ...(found === undefined && { damage: 'not-der' as const }),
  };
}

/** Private keys are told and not handed on: nobody here has a use for them. */
function objectOf(kind: ObjectKind, der: Uint8Array): RecognisedObject {
  return { kind, der: kind.endsWith('private-key') ? new Uint8Array() : der };
}

/** What comes before anything that follows the first element; all of it where there is no element. */
function firstElement(bytes: Uint8Array): Uint8Array {
  try {
    return new BerReader(bytes).next('element').ber;
  } catch (error) {
    if (error instanceof ProblemError) return bytes;
    throw error;
  }
}

const BLANKS = new Set([0x00, 0x0a, 0x0d, 0x1a, 0x20]);

/** Some programs end a file with a line end or zeros. */
function withoutBlanksBehind(bytes: Uint8Array): Uint8Array {
  const first = firstElement(bytes);
  return bytes.subarray(first.length).every((octet) => BLANKS.has(octet)) ? first : bytes;
}

const MAGIC: readonly (readonly [hex: string, format: FileFormat | 'zip'])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['255044462d', 'pdf'],
  ['d0cf11e0a1b11ae1', 'office'],
  ['526172211a07', 'rar'],
  ['377abcaf271c', '7z'],
  ['1f8b', 'gzip'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['4d5a', 'program'],
  ['7f454c46', 'program'],
];

function formatByMagic(bytes: Uint8Array): FileFormat | 'zip' | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return MAGIC.find(([hex]) => start.startsWith(hex))?.[1];
}

/** UTF-16 with or without a byte order mark, else octets: PEM is ASCII, and other letters only stand around it. */
function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isEven = bytes.length % 2 === 0;
  if (first === 0xff && second === 0xfe) return Buffer.from(bytes.subarray(2)).toString('utf16le');
  if (first === 0xfe && second === 0xff) return swapped(bytes.subarray(2));
  if (isEven && second === 0 && first !== 0) return Buffer.from(bytes).toString('utf16le');
  if (isEven && first === 0 && second !== 0) return swapped(bytes);
  if (bytes.subarray(0, 4096).some((octet) => octet < 9 || (octet > 13 && octet < 32 && octet !== 27)))
    return undefined;
  const isMarked = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
  return Buffer.from(isMarked ? bytes.subarray(3) : bytes).toString('latin1');
}

function swapped(bytes: Uint8Array): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return Buffer.from(even).swap16().toString('utf16le');
}
