import { describe, expect, test } from 'vitest';
import type { AccessCertificateId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { certificateState, decideDownload } from './decide-download.ts';
import type { AccessCertificate, IssuedFile } from './ports.ts';

const now = new Date('2026-11-22T09:30:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const id = 'current' as AccessCertificateId;

const active = {
  id,
  status: 'active',
  notBefore: at(-600),
  notAfter: at(86_400),
} as AccessCertificate;
const fresh: IssuedFile = {
  certificateId: id,
  privateKeyPkcs8: new Uint8Array(1),
  keyExpiresAt: at(1),
  password: 'eme9jabtjd8rh',
  passwordExpiresAt: at(86_400),
};
const ivanov = { status: 'active', phone: '+79161234712' as PhoneNumber, phoneHeldUntil: undefined } as const;
const orlova = { status: 'active', phone: undefined, phoneHeldUntil: undefined } as const;
const volkov = { ...ivanov, status: 'blocked' } as const;

interface Case {
  readonly account?: Parameters<typeof decideDownload>[0]['account'];
  readonly current?: AccessCertificate | undefined;
  readonly file?: IssuedFile;
  readonly passwordDelivery?: 'sms' | 'none';
}

const CASES: readonly [string, Case, string][] = [
  ['nothing was issued yet', {}, 'new'],
  ['nothing was issued yet and nobody knows the telephone', { account: orlova }, 'phone-missing'],
  [
    'the number was changed, and its time is not over',
    { account: { ...ivanov, phoneHeldUntil: at(1) } },
    'phone-held',
  ],
  ['the number was changed, and its time is over', { account: { ...ivanov, phoneHeldUntil: now } }, 'new'],
  ['nothing was issued yet and messages cannot be sent', { passwordDelivery: 'none' }, 'administrator'],
  ['nothing was issued yet and the account is blocked', { account: volkov }, 'administrator'],
  ['the file is there for a second more', { current: active, file: fresh }, 'again'],
  [
    'the time of the file is over this moment',
    { current: active, file: { ...fresh, keyExpiresAt: now } },
    'file-gone',
  ],
  [
    'the key was wiped early',
    { current: active, file: { ...fresh, privateKeyPkcs8: undefined } },
    'file-gone',
  ],
  ['the password was wiped early', { current: active, file: { ...fresh, password: undefined } }, 'file-gone'],
  [
    'the time of the password is over',
    { current: active, file: { ...fresh, passwordExpiresAt: now } },
    'file-gone',
  ],
  [
    'the file is of a former certificate',
    { current: active, file: { ...fresh, certificateId: 'former' as AccessCertificateId } },
    'file-gone',
  ],
  ['it was issued to a file on the machine', { current: active }, 'file-gone'],
  [
    'the file is there and the telephone was removed',
    { account: orlova, current: active, file: fresh },
    'again',
  ],
  [
    'the file is there and the account was blocked',
    { account: volkov, current: active, file: fresh },
    'administrator',
  ],
  [
    'the file is there and messages cannot be sent any more',
    { current: active, file: fresh, passwordDelivery: 'none' },
    'again',
  ],
  [
    'it is not valid yet and the file is there',
    { current: { ...active, notBefore: at(1) }, file: fresh },
    'again',
  ],
  ['it is not valid yet', { current: { ...active, notBefore: at(1) } }, 'file-gone'],
  ['it ends this moment', { current: { ...active, notAfter: now } }, 'file-gone'],
  ['it ended a second ago', { current: { ...active, notAfter: at(-1) } }, 'new'],
  [
    'it ended and nobody knows the telephone',
    { account: orlova, current: { ...active, notAfter: at(-1) } },
    'phone-missing',
  ],
  ['it was revoked', { current: { ...active, status: 'revoked' }, file: fresh }, 'administrator'],
  [
    'it was revoked and has ended',
    { current: { ...active, status: 'revoked', notAfter: at(-1) } },
    'administrator',
  ],
  ['it is suspended', { current: { ...active, status: 'suspended' }, file: fresh }, 'administrator'],
  [
    'it is superseded, which a current one never is',
    { current: { ...active, status: 'superseded' } },
    'administrator',
  ],
];

describe('«Скачать сертификат»', () => {
  test.each(CASES)('when %s', (_, { account = ivanov, current, file, passwordDelivery = 'sms' }, kind) => {
    const enrolment = { current, file };
    expect(decideDownload({ account, enrolment, passwordDelivery, now }).kind).toBe(kind);
  });

  test('replaces the one that has ended', () => {
    const current = { ...active, notAfter: at(-1) };
    const enrolment = { current, file: undefined };
    const download = decideDownload({ account: ivanov, enrolment, passwordDelivery: 'sms', now });
    expect(download).toEqual({ kind: 'new', replaces: current });
  });
});

test.each([
  ['valid from this moment', { notBefore: now }, 'active'],
  ['valid from the next moment', { notBefore: new Date(now.getTime() + 1) }, 'not-yet-valid'],
  ['valid through this moment', { notAfter: now }, 'active'],
  ['valid until a moment ago', { notAfter: new Date(now.getTime() - 1) }, 'expired'],
] as const)('a certificate %s', (_, dates, state) => {
  expect(certificateState({ ...active, ...dates }, now)).toBe(state);
});
