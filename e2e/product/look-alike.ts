import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPairFiles } from '../harness/certificate-authority.ts';
import { runToSuccess } from '../harness/run-command.ts';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A field of a certificate as openssl prints it. */
export async function certificateField(
  certificatePem: string,
  field: 'subject' | 'issuer' | 'serial' | 'fingerprint',
): Promise<string> {
  const options = ['-noout', `-${field}`, '-sha256', '-nameopt', 'RFC2253,-esc_msb,utf8'];
  const text = await runToSuccess('openssl', ['x509', '-in', certificatePem, ...options]);
  return text.trim().replace(/^[^=]*=/, '');
}

/**
 * A certificate of a CA of the test's own with the subject, the issuer's name and the serial number of a genuine one:
 * everything that a person or a careless program compares is equal, only the key and the signature are not.
 */
export async function forgeLookAlike(directory: string, genuinePem: string): Promise<KeyPairFiles> {
  await mkdir(directory, { recursive: true });
  const file = (name: string) => join(directory, name);
  const subject = await slashName(genuinePem, 'subject');
  const issuer = await slashName(genuinePem, 'issuer');
  const serial = await certificateField(genuinePem, 'serial');
  const ca = ['-keyout', file('ca.key'), '-out', file('ca.pem'), '-days', '30', '-subj', issuer];
  await runToSuccess('openssl', ['req', '-x509', ...NEW_KEY, '-utf8', ...ca]);
  const request = ['-keyout', file('leaf.key'), '-out', file('leaf.csr'), '-subj', subject];
  await runToSuccess('openssl', ['req', ...NEW_KEY, '-utf8', ...request]);
  await writeFile(file('leaf.ext'), 'extendedKeyUsage=clientAuth\nkeyUsage=critical,digitalSignature\n');
  await runToSuccess('openssl', [
    ...['x509', '-req', '-in', file('leaf.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-set_serial', `0x${serial}`, '-days', '30', '-extfile', file('leaf.ext'), '-out', file('leaf.pem')],
  ]);
  return { certificatePem: file('leaf.pem'), keyPem: file('leaf.key') };
}

/** As `openssl req -subj` takes it: RFC 2253 writes the parts from the last to the first. */
async function slashName(certificatePem: string, field: 'subject' | 'issuer'): Promise<string> {
  const parts = (await certificateField(certificatePem, field)).split(',').reverse();
  return parts.map((part) => `/${part}`).join('');
}
