import { z } from 'zod';
import { hostName } from './schema-host-name.ts';

/** The product's own application behind the gate. */
export const consoleSchema = z.strictObject({
  host: hostName.describe(
    'Host name of the console, for example `my.example.org`. No application may have it, and the server certificate has to cover it.',
  ),
});
