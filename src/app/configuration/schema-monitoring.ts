import { z } from 'zod';

/** Where monitoring asks. */
export const monitoringSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe(
        'Address to listen on. There is no sign-in and no TLS: keep it to this machine or to the network of the monitoring.',
      ),
    port: z.int().min(0).max(65_535).describe('TCP port.'),
  })
  .describe(
    'A listener for monitoring: `/health` (the program lives), `/ready` (it can let people in), `/metrics` (Prometheus). It names no person. Without it there is none.',
  );
