/** For tests: certificates and lists made by OpenSSL, with the names that people in Russia have. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../pki/testing/run-program.ts';

const CONFIG = `
oid_section=oids
[oids]
INNLE=1.2.643.100.4
[req]
distinguished_name=dn
prompt=no
utf8=yes
string_mask=utf8only
[dn]
CN=x
[ca]
default_ca=d
[d]
database=index
crlnumber=number
default_md=sha256
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[leaf]
basicConstraints=CA:FALSE
keyUsage=digitalSignature
extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid
crlDistributionPoints=URI:http://ca.example.org/ca.crl
authorityInfoAccess=caIssuers;URI:http://ca.example.org/ca.cer
certificatePolicies=1.2.643.100.113.1
`;

/** A root, a leaf of Ivanov with the fields of a qualified certificate, a list, and files made of them. */
export function makeTestCertificates() {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-workspace-'));
  writeFileSync(join(directory, 'test.cnf'), CONFIG);
  writeFileSync(join(directory, 'index'), '');
  writeFileSync(join(directory, 'number'), '01\n');
  const openssl = (...args: string[]) => run(directory, 'openssl', args);
  const subject = (parts: readonly string[]) => ['-utf8', '-subj', parts.map((part) => `/${part}`).join('')];
  const config = ['-config', 'test.cnf'];
  const key = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', name);
  key('root.key');
  key('ivanov.key');
  openssl(
    'req',
    '-x509',
    '-new',
    ...config,
    '-extensions',
    'root',
    '-key',
    'root.key',
    '-days',
    '3650',
    ...subject(['C=RU', 'O=ООО «Удостоверяющий центр»', 'CN=Корневой УЦ']),
    '-out',
    'root.pem',
  );
  const leaf = (name: string, days: number) => {
    openssl(
      'req',
      '-new',
      ...config,
      '-key',
      'ivanov.key',
      ...subject([
        'C=RU',
        'SN=Иванов',
        'GN=Иван Иванович',
        'CN=Иванов Иван Иванович',
        'O=ООО «Ромашка»',
        'title=Директор',
        'SNILS=11223344595',
        'INN=500100732259',
        'INNLE=7707083893',
        'OGRN=1027700132195',
        'emailAddress=ivanov@romashka.example',
      ]),
      '-out',
      'leaf.csr',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-days',
      String(days),
      '-extfile',
      'test.cnf',
      '-extensions',
      'leaf',
      '-out',
      name,
    );
  };
  leaf('former.pem', 30);
  leaf('ivanov.pem', 400);
  openssl(
    'ca',
    ...config,
    '-gencrl',
    '-crldays',
    '7',
    '-keyfile',
    'root.key',
    '-cert',
    'root.pem',
    '-out',
    'list.pem',
  );
  for (const [name, extra] of [
    ['compatible', ['-legacy']],
    ['modern', []],
  ] as const) {
    openssl(
      'pkcs12',
      '-export',
      ...extra,
      '-in',
      'ivanov.pem',
      '-inkey',
      'ivanov.key',
      '-certfile',
      'root.pem',
      '-name',
      'Иванов',
      '-passout',
      'pass:верный',
      '-out',
      `${name}.pfx`,
    );
  }
  openssl(
    'crl2pkcs7',
    '-in',
    'list.pem',
    '-certfile',
    'ivanov.pem',
    '-certfile',
    'root.pem',
    '-outform',
    'DER',
    '-out',
    'all.p7b',
  );
  for (const name of ['root', 'ivanov', 'former']) {
    openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.cer`);
  }
  openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.crl');
  const files = new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]));
  rmSync(directory, { recursive: true });
  const file = (name: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new TypeError(`no file ${name}`);
    return new Uint8Array(bytes);
  };
  return {
    /** By name: root, ivanov, former as `.pem` and `.cer`, list as `.pem` and `.crl`, compatible.pfx, modern.pfx, all.p7b. */
    file,
    rootDer: file('root.cer'),
    leafDer: file('ivanov.cer'),
    formerDer: file('former.cer'),
    listDer: file('list.crl'),
  };
}
