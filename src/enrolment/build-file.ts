import type { AccountId } from '../kernel/brand.ts';
import { isAsciiLogin, type Login } from '../kernel/login.ts';
import type { Random } from '../kernel/random.ts';
import { buildPkcs12 } from '../pki/pkcs12/build-pkcs12.ts';

export type FileFormat = 'compatible' | 'modern';

/** Names that Windows keeps for devices, whatever extension follows. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

export interface FileOwner {
  readonly id: AccountId;
  readonly login: Login;
}

/**
 * `ivanov-2026-11-22`, without extension. ASCII always: importers and old systems lose other letters, so the account's
 * id stands for such a login, and for one that Windows would take for a device.
 */
export function fileName(owner: FileOwner, issuedAt: Date, timeZone: string | undefined): string {
  const isUsable = isAsciiLogin(owner.login) && !DEVICE_NAME.test(owner.login.split('.')[0] ?? '');
  return `${isUsable ? owner.login : owner.id}-${formatLocalDate(issuedAt, timeZone)}`;
}

/** The date of the instant, as people in that zone write it into a name: `2026-11-22`. */
export function formatLocalDate(instant: Date, timeZone: string | undefined): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
    ...zone,
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The PKCS#12 file: key, certificate and issuing authority under the password. Its bytes differ each time, its content does not. */
export function buildFile(
  input: {
    readonly owner: FileOwner;
    readonly certificateDer: Uint8Array;
    readonly issuedAt: Date;
    readonly privateKeyPkcs8: Uint8Array;
    readonly authorityDer: Uint8Array;
    readonly password: string;
    readonly format: FileFormat;
    readonly timeZone: string | undefined;
  },
  random: Random,
): Uint8Array {
  return buildPkcs12(
    {
      format: input.format,
      certificateDer: input.certificateDer,
      privateKeyPkcs8: input.privateKeyPkcs8,
      authoritiesDer: [input.authorityDer],
      friendlyName: `${input.owner.login} ${formatLocalDate(input.issuedAt, input.timeZone)}`,
      password: input.password,
    },
    { random },
  );
}
