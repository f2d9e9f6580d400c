import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { ApplicationId } from '../../kernel/brand.ts';
import type { Logger } from '../../kernel/logger.ts';

export const MENU_POSITIONS = ['top-right', 'top-left', 'bottom-right'] as const;
export type MenuPosition = (typeof MENU_POSITIONS)[number];

/** What the gate is given for its menu in the applications' pages. */
export interface AccountMenuOptions {
  /** The built script; undefined: no application gets a menu, whatever its settings. */
  readonly script: Uint8Array | undefined;
  /** So many days before the end of a certificate the notice begins. */
  readonly noticeDays: number;
  /** «Мои сертификаты»: the console, or the portal while there is none. */
  readonly certificatesUrl: string;
  /** Where neither page nor browser speaks one of our languages. */
  readonly defaultLocale: 'ru' | 'en';
}

export interface AccountMenu extends AccountMenuOptions {
  readonly files: MenuFiles | undefined;
  /** Tells once of each application and policy that keep the menu out. */
  reportForbidden(applicationId: ApplicationId, directive: string): void;
  /** Pages of it were seen that the menu may not enter. */
  isKeptOut(applicationId: ApplicationId): boolean;
}

export interface MenuFiles {
  /** Of the content: in the address of the script and in entity tags. */
  readonly version: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

const REPORTED_MAX = 1_000;

export function createAccountMenu(options: AccountMenuOptions, logger: Logger): AccountMenu {
  const reported = new Set<string>();
  const keptOut = new Set<ApplicationId>();
  return {
    ...options,
    files: options.script === undefined ? undefined : prepareFiles(Buffer.from(options.script)),
    reportForbidden(applicationId, directive) {
      keptOut.add(applicationId);
      const key = `${applicationId} ${directive}`;
      if (reported.has(key) || reported.size >= REPORTED_MAX) return;
      reported.add(key);
      logger.warn(
        { application: applicationId, directive },
        'the content security policy of a page keeps the account menu out; see docs/for-developers.md',
      );
    },
    isKeptOut: (applicationId) => keptOut.has(applicationId),
  };
}

function prepareFiles(plain: Buffer): MenuFiles {
  const version = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return { version, plain, gzip: gzipSync(plain, { level: 9 }), brotli: brotliCompressSync(plain) };
}
