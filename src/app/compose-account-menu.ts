import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateOptions } from '../gate/options.ts';
import type { Instance } from './instance.ts';

/** @param certificatesUrl «Мои сертификаты» */
export async function composeAccountMenu(
  { configuration: { values }, logger }: Instance,
  webDirectory: string,
  certificatesUrl: string,
): Promise<NonNullable<GateOptions['menu']>> {
  const file = join(webDirectory, 'embed', 'menu.js');
  const script = await readFile(file).catch(() => undefined);
  if (script === undefined) logger.warn({ file }, 'the account menu is not built: npm run build:web');
  return {
    script,
    noticeDays: Math.max(0, ...values.certificates.reminderDays),
    certificatesUrl,
    defaultLocale: values.defaultLocale,
  };
}
