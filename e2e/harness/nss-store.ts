import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, runToSuccess } from './run-command.ts';

/** pk12util refused a file; the message carries its own words. */
export class Pkcs12ImportError extends Error {
  override readonly name = 'Pkcs12ImportError';
  /** What pk12util printed, for example `SEC_ERROR_BAD_PASSWORD: …`. */
  readonly output: string;

  constructor(file: string, output: string) {
    super(`pk12util refused ${file}: ${output}`);
    this.output = output;
  }
}

export interface StoredCertificate {
  readonly nickname: string;
  /** certutil's three columns: `u,u,u` has its private key here, `C,,` is trusted to issue server certificates. */
  readonly trust: string;
}

/** A certificate store of NSS (`cert9.db`, `key4.db`): Chromium's on Linux is one for each HOME, Firefox's one for each profile. */
export interface NssStore {
  /** The HOME of the browsers that use this store. */
  readonly home: string;
  readonly databaseDirectory: string;
  trustServerCa(pemFile: string): Promise<void>;
  /** @throws Pkcs12ImportError for a wrong password or a file NSS does not take */
  importPkcs12(file: string, password: string): Promise<void>;
  list(): Promise<readonly StoredCertificate[]>;
  /** Deletes the certificate and, if it is here, its private key. */
  deleteCertificate(nickname: string): Promise<void>;
}

function parseList(output: string): StoredCertificate[] {
  return output.split('\n').flatMap((line) => {
    const parts = /^(.+?)\s+([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\s*$/.exec(line);
    const [, nickname, trust] = parts ?? [];
    return nickname === undefined || trust === undefined ? [] : [{ nickname, trust }];
  });
}

/** Creates an empty store in `databaseDirectory`. */
export async function createNssStoreIn(databaseDirectory: string, home: string): Promise<NssStore> {
  await mkdir(databaseDirectory, { recursive: true, mode: 0o700 });
  const database = `sql:${databaseDirectory}`;
  const certutil = (...args: readonly string[]) => runToSuccess('certutil', [...args, '-d', database]);
  await certutil('-N', '--empty-password');
  const list = async () => parseList(await certutil('-L'));
  return {
    home,
    databaseDirectory,
    trustServerCa: async (pemFile) => {
      await certutil('-A', '-t', 'C,,', '-n', `server CA ${pemFile}`, '-i', pemFile);
    },
    importPkcs12: async (file, password) => {
      const result = await runCommand('pk12util', ['-d', database, '-i', file, '-W', password]);
      if (result.exitCode !== 0) {
        throw new Pkcs12ImportError(file, `${result.stderr}${result.stdout.toString('utf8')}`.trim());
      }
    },
    list,
    deleteCertificate: async (nickname) => {
      const found = (await list()).find((certificate) => certificate.nickname === nickname);
      if (found === undefined) throw new Error(`the store has no certificate named ${nickname}`);
      // `-F` deletes the key together with its certificate, `-D` a certificate alone.
      await certutil(found.trust.includes('u') ? '-F' : '-D', '-n', nickname);
    },
  };
}

/** An empty store for Chromium, with a HOME of its own: `home/.pki/nssdb`. */
export function createNssStore(home: string): Promise<NssStore> {
  return createNssStoreIn(join(home, '.pki', 'nssdb'), home);
}
