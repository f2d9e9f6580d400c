import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Lab } from '../harness/lab.ts';

const DAY_MS = 86_400_000;

/** Somebody else's authority: a root, one below it, two people; its files are at addresses that give them when told. */
export interface OutsideAuthority {
  /** PEM files. */
  readonly root: string;
  readonly good: string;
  readonly revoked: string;
  readonly revokedSerial: string;
  /** From now on these can be fetched. */
  publish(...what: readonly ('issuer' | 'lists')[]): void;
}

export async function openOutsideAuthority(lab: Lab): Promise<OutsideAuthority> {
  const folder = join(lab.directory, 'outside');
  mkdirSync(folder);
  const published = new Set<string>();
  const server = createServer(({ url = '' }, response) => {
    const name = url.slice(1);
    if (published.has(name)) response.end(readFileSync(join(folder, name)));
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  lab.onClose(async () => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-subj',
    '/CN=Головной УЦ',
    '-days',
    '900',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
  );
  const issue = (name: string, owner: string, issuer: string, more: string) => {
    openssl('req', ...key, '-subj', `/CN=${owner}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    writeFileSync(
      join(folder, `${name}.ext`),
      `${more}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\ncrlDistributionPoints=URI:${origin}/${issuer}.crl\nauthorityInfoAccess=caIssuers;URI:${origin}/${issuer}.cer\n`,
    );
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`],
      ...['-days', '400', '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    );
  };
  issue(
    'bridge',
    'УЦ «Северный мост»',
    'root',
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign',
  );
  issue('good', 'Орлова Мария', 'bridge', 'basicConstraints=CA:FALSE');
  issue('revoked', 'Соколов Андрей', 'bridge', 'basicConstraints=CA:FALSE');
  const revokedSerial = openssl('x509', '-in', 'revoked.pem', '-noout', '-serial')
    .toString()
    .replace(/^serial=|\s/g, '');
  const shortTime = (at: number) => `${new Date(at).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
  const list = (issuer: string, index: string) => {
    writeFileSync(join(folder, `${issuer}.index`), index);
    writeFileSync(join(folder, `${issuer}.number`), '01\n');
    writeFileSync(
      join(folder, `${issuer}.cnf`),
      `[ca]\ndefault_ca=d\n[d]\ndatabase=${issuer}.index\ncrlnumber=${issuer}.number\ndefault_md=sha256\ndefault_crl_days=7\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n`,
    );
    const signer = ['-cert', `${issuer}.pem`, '-keyfile', `${issuer}.key`];
    openssl('ca', '-config', `${issuer}.cnf`, '-gencrl', ...signer, '-out', `${issuer}.crl.pem`);
    openssl('crl', '-in', `${issuer}.crl.pem`, '-outform', 'DER', '-out', `${issuer}.crl`);
    openssl('x509', '-in', `${issuer}.pem`, '-outform', 'DER', '-out', `${issuer}.cer`);
  };
  const now = Date.now();
  list('root', '');
  list(
    'bridge',
    `R\t${shortTime(now + 400 * DAY_MS)}\t${shortTime(now - DAY_MS)},keyCompromise\t${revokedSerial}\tunknown\t/CN=Revoked\n`,
  );
  return {
    root: join(folder, 'root.pem'),
    good: join(folder, 'good.pem'),
    revoked: join(folder, 'revoked.pem'),
    revokedSerial,
    publish(...what) {
      const files = { issuer: ['bridge.cer', 'root.cer'], lists: ['root.crl', 'bridge.crl'] };
      for (const name of what.flatMap((each) => files[each])) published.add(name);
    },
  };
}
