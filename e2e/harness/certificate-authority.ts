import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToSuccess } from './run-command.ts';

export interface KeyPairFiles {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface ClientCertificate extends KeyPairFiles {
  readonly commonName: string;
  /** Hex, as `openssl x509 -serial` prints it. */
  readonly serialNumber: string;
  /** 3DES and SHA-1, which every reader takes; its password beside it. */
  readonly pkcs12: string;
  readonly password: string;
}

export interface ClientCertificateOptions {
  readonly validityDays?: number;
  /** Hex; random by default. */
  readonly serialNumber?: string;
}

/** A throw-away CA made by the openssl program: files only, nothing of the product. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  issueServer(hostNames: readonly string[]): Promise<KeyPairFiles>;
  issueClient(commonName: string, options?: ClientCertificateOptions): Promise<ClientCertificate>;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const PASSWORD = 'kuv9mtr2hxwp';

/** @param directory an empty directory; the caller removes it */
export async function createCertificateAuthority(
  directory: string,
  name: string,
): Promise<CertificateAuthority> {
  await mkdir(directory, { recursive: true });
  const file = (fileName: string) => join(directory, fileName);
  const ca = { certificatePem: file('ca.pem'), keyPem: file('ca.key') };
  await runToSuccess('openssl', [
    'req',
    '-x509',
    ...NEW_KEY,
    ...['-keyout', ca.keyPem, '-out', ca.certificatePem, '-days', '30', '-subj', `/CN=${name}`],
  ]);
  let issued = 0;

  const sign = async (commonName: string, extensions: string, options: ClientCertificateOptions) => {
    issued += 1;
    const base = file(String(issued));
    const files = { certificatePem: `${base}.pem`, keyPem: `${base}.key` };
    await writeFile(`${base}.ext`, extensions);
    await runToSuccess('openssl', [
      'req',
      ...NEW_KEY,
      ...['-utf8', '-keyout', files.keyPem, '-out', `${base}.csr`, '-subj', `/CN=${commonName}`],
    ]);
    await runToSuccess('openssl', [
      ...['x509', '-req', '-in', `${base}.csr`, '-CA', ca.certificatePem, '-CAkey', ca.keyPem],
      ...(options.serialNumber === undefined
        ? ['-CAserial', file('serial'), '-CAcreateserial']
        : ['-set_serial', `0x${options.serialNumber}`]),
      ...['-days', String(options.validityDays ?? 30), '-extfile', `${base}.ext`],
      ...['-out', files.certificatePem],
    ]);
    return files;
  };

  return {
    certificatePem: ca.certificatePem,
    issueServer: (hostNames) => {
      const names = hostNames.map((hostName) => `DNS:${hostName}`).join(',');
      return sign(
        hostNames[0] ?? 'localhost',
        `subjectAltName=${names}\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n`,
        {},
      );
    },
    issueClient: async (commonName, options = {}) => {
      const files = await sign(
        commonName,
        'extendedKeyUsage=clientAuth\nkeyUsage=critical,digitalSignature\n',
        options,
      );
      const pkcs12 = files.certificatePem.replace(/\.pem$/, '.pfx');
      await runToSuccess('openssl', [
        ...['pkcs12', '-export', '-inkey', files.keyPem, '-in', files.certificatePem],
        ...['-certfile', ca.certificatePem, '-name', commonName, '-passout', `pass:${PASSWORD}`],
        ...['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-out', pkcs12],
      ]);
      const serial = await runToSuccess('openssl', [
        'x509',
        '-in',
        files.certificatePem,
        '-noout',
        '-serial',
      ]);
      const serialNumber = serial.trim().replace('serial=', '');
      return { ...files, commonName, serialNumber, pkcs12, password: PASSWORD };
    },
  };
}
