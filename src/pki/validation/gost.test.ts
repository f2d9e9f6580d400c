/** A path with its lists and an OCSP response, all signed with GOST R 34.10-2012 by the engine of OpenSSL (RFC 9215). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexRevocationList } from '../crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../crl/parse-revocation-list.ts';
import { parseOcspResponse } from '../ocsp/parse-ocsp-response.ts';
import { decodePem } from '../pem/pem.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { trustAnchorOf } from './path-inputs.ts';
import type { RevocationEvidence } from './revocation/certificate-status.ts';
import { describeReasons } from './testing/describe-reasons.ts';
import { buildCertificationPath } from './validate-certification-path.ts';

const CONFIGURATION = `
openssl_conf = start
[ start ]
engines = engines
[ engines ]
gost = gost
[ gost ]
engine_id = gost
default_algorithms = ALL
[ req ]
distinguished_name = dn
[ dn ]
[ authority ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ person ]
keyUsage = critical, digitalSignature, nonRepudiation
authorityKeyIdentifier = keyid
[ ca ]
default_ca = authority_files
[ authority_files ]
database = index.txt
default_md = DIGEST
default_crl_days = 3000
crl_extensions = list
[ list ]
authorityKeyIdentifier = keyid
`;

function makePath(bits: 256 | 512, parameterSet: string) {
  const digest = `md_gost12_${bits}`;
  const directory = directoryWith({
    'openssl.cnf': CONFIGURATION.replace('DIGEST', digest),
    'index.txt': 'R\t400101000000Z\t261101000000Z,keyCompromise\t0777\tunknown\t/CN=petrov\n',
  });
  const openssl = (...args: readonly string[]): void => {
    run(directory, 'env', ['OPENSSL_CONF=openssl.cnf', 'openssl', ...args]);
  };
  const certify = (name: string, subject: string, issuer: string, section: string, serial: string): void => {
    openssl(
      'genpkey',
      '-algorithm',
      `gost2012_${bits}`,
      '-pkeyopt',
      `paramset:${parameterSet}`,
      '-out',
      `${name}.key`,
    );
    openssl(
      'req',
      '-config',
      'openssl.cnf',
      '-utf8',
      '-new',
      '-key',
      `${name}.key`,
      `-${digest}`,
      '-subj',
      subject,
      '-out',
      `${name}.csr`,
    );
    const signer =
      issuer === name ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`];
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      `-${digest}`,
      '-set_serial',
      serial,
      '-days',
      '3000',
      '-extfile',
      'openssl.cnf',
      '-extensions',
      section,
      '-out',
      `${name}.crt`,
    );
  };
  certify('root', '/O=Ромашка/CN=Корень', 'root', 'authority', '1');
  certify('middle', '/O=Ромашка/CN=Удостоверяющий центр', 'root', 'authority', '2');
  certify('ivanov', '/O=Ромашка/CN=Иванов', 'middle', 'person', '0x0555');
  certify('petrov', '/O=Ромашка/CN=Петров', 'middle', 'person', '0x0777');
  for (const issuer of ['root', 'middle']) {
    openssl(
      'ca',
      '-config',
      'openssl.cnf',
      '-gencrl',
      '-keyfile',
      `${issuer}.key`,
      '-cert',
      `${issuer}.crt`,
      '-out',
      `${issuer}.crl`,
    );
  }
  openssl(
    'ocsp',
    '-index',
    'index.txt',
    '-CA',
    'middle.crt',
    '-rsigner',
    'middle.crt',
    '-rkey',
    'middle.key',
    '-rmd',
    digest,
    '-issuer',
    'middle.crt',
    `-${digest}`,
    '-cert',
    'petrov.crt',
    '-ndays',
    '3000',
    '-respout',
    'petrov.ocsp',
  );

  const derOf = (file: string): Uint8Array => {
    const [block] = decodePem(readFileSync(join(directory, file)));
    if (!block) throw new RangeError(file);
    return block.bytes;
  };
  const certificateOf = (name: string) => parseCertificate(derOf(`${name}.crt`));
  const response = parseOcspResponse(readFileSync(join(directory, 'petrov.ocsp')));
  if (response.kind === 'error') throw new RangeError(response.error);
  return { certificateOf, listOf: (name: string) => parseRevocationList(derOf(`${name}.crl`)), response };
}

describe.each([
  [256, 'A'],
  [512, 'B'],
] as const)('GOST R 34.10-2012 with %i bits, set %s', (bits, parameterSet) => {
  test('a path is validated with its lists and a response', () => {
    const { certificateOf, listOf, response } = makePath(bits, parameterSet);
    const check = (name: string, evidence: Partial<RevocationEvidence>) =>
      describeReasons(
        buildCertificationPath({
          endEntity: certificateOf(name),
          anchors: [trustAnchorOf(certificateOf('root'))],
          certificates: [certificateOf('middle')],
          revocation: { lists: [indexRevocationList(listOf('root'))], ...evidence },
          // The program writes the machine’s own time.
          inputs: { time: new Date(response.producedAt.getTime() + 1000) },
        }),
      );
    const lists = ['root', 'middle'].map((name) => indexRevocationList(listOf(name)));
    expect(check('ivanov', { lists })).toEqual([]);
    expect(check('petrov', { lists })).toEqual(['2 certificate-revoked']);
    expect(check('petrov', { responses: [{ response }] })).toEqual(['2 certificate-revoked']);
    expect(check('ivanov', { responses: [{ response }] })).toEqual(['2 revocation-unknown: list-missing']);
  });
});
