import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../pem/pem.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { recogniseFile } from './recognise-file.ts';
import type { ObjectKind, RecognisedFile } from './recognised-file.ts';

function summary(file: RecognisedFile): string {
  switch (file.kind) {
    case 'objects':
      return `${file.form}: ${file.objects.map(({ kind, damage }) => (damage ? `${kind} (${damage})` : kind)).join(', ')}`;
    case 'other-format':
      return file.format;
    default:
      return file.kind;
  }
}

/** A folder with one of everything that OpenSSL makes. */
function everything(): (name: string) => Buffer {
  const directory = directoryWith({
    'ca.cnf': '[ca]\ndefault_ca=d\n[d]\ndatabase=index\ncrlnumber=number\ndefault_md=sha256\n',
    index: '',
    number: '01\n',
    content: 'text',
  });
  const openssl = (...args: string[]) => run(directory, 'openssl', args);
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem');
  openssl('req', '-x509', '-new', '-key', 'key.pem', '-subj', '/CN=ivanov', '-out', 'cert.pem');
  openssl('x509', '-in', 'cert.pem', '-outform', 'DER', '-out', 'cert.der');
  openssl('x509', '-in', 'cert.pem', '-trustout', '-addtrust', 'clientAuth', '-out', 'trusted.pem');
  openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=ivanov', '-outform', 'DER', '-out', 'csr.der');
  openssl(
    'ca',
    '-config',
    'ca.cnf',
    '-gencrl',
    '-crldays',
    '1',
    '-keyfile',
    'key.pem',
    '-cert',
    'cert.pem',
    '-out',
    'crl.pem',
  );
  openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');
  openssl('crl2pkcs7', '-in', 'crl.pem', '-certfile', 'cert.pem', '-outform', 'DER', '-out', 'p7b.der');
  openssl('crl2pkcs7', '-in', 'crl.pem', '-certfile', 'cert.pem', '-out', 'p7b.pem');
  openssl(
    'cms',
    '-sign',
    '-nodetach',
    '-stream',
    '-in',
    'content',
    '-signer',
    'cert.pem',
    '-inkey',
    'key.pem',
    '-outform',
    'DER',
    '-out',
    'signed.ber',
  );
  openssl('cms', '-encrypt', '-in', 'content', '-outform', 'DER', '-out', 'enveloped.der', 'cert.pem');
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'cert.pem',
    '-inkey',
    'key.pem',
    '-passout',
    'pass:1',
    '-out',
    'file.pfx',
  );
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER', '-out', 'pkcs8.der');
  openssl('pkcs8', '-topk8', '-passout', 'pass:1', '-in', 'key.pem', '-outform', 'DER', '-out', 'sealed.der');
  openssl('ec', '-in', 'key.pem', '-outform', 'DER', '-out', 'sec1.der');
  openssl('ec', '-in', 'key.pem', '-aes256', '-passout', 'pass:1', '-out', 'sec1-sealed.pem');
  openssl('ec', '-in', 'key.pem', '-out', 'sec1.pem');
  openssl('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER', '-out', 'public.der');
  openssl('genpkey', '-algorithm', 'RSA', '-out', 'rsa.pem');
  openssl('rsa', '-in', 'rsa.pem', '-traditional', '-outform', 'DER', '-out', 'rsa.der');
  openssl('rsa', '-in', 'rsa.pem', '-RSAPublicKey_out', '-outform', 'DER', '-out', 'rsa-public.der');
  openssl('ocsp', '-issuer', 'cert.pem', '-cert', 'cert.pem', '-reqout', 'request.der');
  openssl(
    'ocsp',
    '-index',
    'index',
    '-rsigner',
    'cert.pem',
    '-rkey',
    'key.pem',
    '-CA',
    'cert.pem',
    '-reqin',
    'request.der',
    '-respout',
    'response.der',
  );
  return (name) => readFileSync(join(directory, name));
}

const DER_KINDS: Readonly<Record<string, ObjectKind>> = {
  'cert.der': 'certificate',
  'csr.der': 'certification-request',
  'crl.der': 'revocation-list',
  'p7b.der': 'signed-data',
  'signed.ber': 'signed-data',
  'enveloped.der': 'encrypted-message',
  'file.pfx': 'pkcs12',
  'pkcs8.der': 'private-key',
  'sealed.der': 'encrypted-private-key',
  'sec1.der': 'private-key',
  'rsa.der': 'private-key',
  'public.der': 'public-key',
  'rsa-public.der': 'public-key',
  'request.der': 'ocsp-request',
  'response.der': 'ocsp-response',
};

const PEM_KINDS: Readonly<Record<string, string>> = {
  'cert.pem': 'certificate',
  'trusted.pem': 'certificate',
  'crl.pem': 'revocation-list',
  'p7b.pem': 'signed-data',
  'key.pem': 'private-key',
  'sec1.pem': 'private-key',
  'sec1-sealed.pem': 'encrypted-private-key',
};

describe('a file that a person brings', () => {
  it('is told from its octets: what OpenSSL makes, in every wrapping', () => {
    const file = everything();
    for (const [name, kind] of Object.entries(DER_KINDS)) {
      const der = file(name);
      expect([name, summary(recogniseFile(der))]).toEqual([name, `der: ${kind}`]);
      expect([name, summary(recogniseFile(Buffer.concat([der, Buffer.from('\r\n')])))]).toEqual([
        name,
        `der: ${kind}`,
      ]);
      const base64 = der.toString('base64').replaceAll(/(.{64})/g, '$1\r\n');
      expect([name, summary(recogniseFile(Buffer.from(base64)))]).toEqual([name, `base64: ${kind}`]);
      expect(['unknown', 'text', 'objects']).toContain(recogniseFile(der.subarray(0, -1)).kind);
      expect(summary(recogniseFile(der.subarray(0, -1)))).not.toContain(kind);
    }
    for (const [name, kind] of Object.entries(PEM_KINDS)) {
      const pem = file(name).toString('latin1');
      const forms: Readonly<Record<string, Buffer>> = {
        plain: Buffer.from(pem),
        'leading text': Buffer.from(`Сертификат Иванова\n\n${pem}\nконец`),
        'a byte order mark': Buffer.from(`\ufeff${pem}`),
        'UTF-16 with a mark': Buffer.from(`\ufeff${pem}`, 'utf16le'),
        'UTF-16 without a mark': Buffer.from(pem, 'utf16le'),
        'UTF-16, the other order': Buffer.from(`\ufeff${pem}`, 'utf16le').swap16(),
        'old line ends': Buffer.from(pem.replaceAll('\n', '\r')),
        'blanks around lines': Buffer.from(pem.replaceAll('\n', '  \r\n  ')),
      };
      for (const [form, bytes] of Object.entries(forms))
        expect([name, form, summary(recogniseFile(bytes))]).toEqual([name, form, `pem: ${kind}`]);
    }
  });

  it('never hands private keys on', () => {
    const file = everything();
    for (const name of [
      'key.pem',
      'sec1.pem',
      'sec1-sealed.pem',
      'pkcs8.der',
      'sealed.der',
      'sec1.der',
      'rsa.der',
    ]) {
      const recognised = recogniseFile(file(name));
      if (recognised.kind !== 'objects') throw new Error(name);
      for (const { der } of recognised.objects) expect([name, der.length]).toEqual([name, 0]);
    }
  });

  it('may hold several blocks, of which one is damaged', () => {
    const file = everything();
    const cert = file('cert.pem').toString();
    const broken = cert.replace('MII', 'M*I');
    const text = `${cert}${file('key.pem')}${broken}${file('crl.pem')}${encodePem('CERTIFICATE', Buffer.from('rubbish'))}${cert.slice(0, 200)}`;
    expect(summary(recogniseFile(Buffer.from(text)))).toBe(
      'pem: certificate, private-key, certificate (base64), revocation-list, certificate (not-der), certificate (cut-off)',
    );
    // The content decides: a revocation list under the name of a certificate.
    expect(summary(recogniseFile(Buffer.from(encodePem('CERTIFICATE', file('crl.der')))))).toBe(
      'pem: revocation-list',
    );
    expect(summary(recogniseFile(Buffer.from(encodePem('NEW THING', file('cert.der')))))).toBe(
      'pem: certificate',
    );
  });

  it('may be something else, which is named', () => {
    const bytes: readonly (readonly [Buffer, string])[] = [
      [Buffer.from(''), 'empty'],
      [Buffer.from(' \r\n\t'), 'empty'],
      [Buffer.from('\ufeff'), 'empty'],
      [Buffer.from('<!DOCTYPE html>\n<html><body>Ошибка 404'), 'html'],
      [Buffer.from('\ufeff\n<!-- saved -->\n<HTML lang="ru">'), 'html'],
      [Buffer.from('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>'), 'html'],
      [Buffer.from('<?xml version="1.0"?><signature/>'), 'xml'],
      [Buffer.from('Просто текст'), 'text'],
      [Buffer.from('504b030414000000', 'hex'), 'zip'],
      [Buffer.from('%PDF-1.7 ...'), 'pdf'],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'office'],
      [Buffer.from('1f8b0800', 'hex'), 'gzip'],
      [Buffer.from('89504e470d0a1a0a', 'hex'), 'image'],
      [Buffer.from('MZ\u0000'), 'program'],
      [Buffer.from('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA ivanov'), 'pem: ssh-key'],
      [
        Buffer.from('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'),
        'pem: ssh-key',
      ],
      [
        Buffer.from('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxx=\n=aa\n-----END PGP PUBLIC KEY BLOCK-----'),
        'pem: pgp-message',
      ],
      [Buffer.from('30030201050000', 'hex'), 'der: unknown'],
      [Buffer.from('0001020304', 'hex'), 'unknown'],
    ];
    for (const [file, expected] of bytes)
      expect([file.toString('latin1').slice(0, 40), summary(recogniseFile(file))]).toEqual([
        file.toString('latin1').slice(0, 40),
        expected,
      ]);
    expect(recogniseFile(new Uint8Array(64 * 1024 * 1024 + 1)).kind).toBe('too-large');
  });

  it('takes bounded time, whatever it is', () => {
    const hostile = [
      Buffer.alloc(8_000_000, '-----BEGIN A'),
      Buffer.alloc(8_000_000, '-----BEGIN A-----\n'),
      Buffer.alloc(8_000_000, '<!-- -->'),
      Buffer.alloc(8_000_000, 'A'),
      Buffer.alloc(8_000_000, '\n'),
      Buffer.alloc(8_000_000, Uint8Array.of(0x30, 0x80)),
      Buffer.alloc(8_000_000, Uint8Array.of(0x30, 0x84, 0x00, 0x70, 0x00, 0x00)),
    ];
    for (const [index, bytes] of hostile.entries()) {
      const started = performance.now();
      recogniseFile(bytes);
      expect([index, performance.now() - started < 8000]).toEqual([index, true]);
    }
  });
});
