import { z } from 'zod';

/** Besides the notice on the pages, which everybody gets. */
export const remindersSchema = z
  .strictObject({
    email: z
      .boolean()
      .default(true)
      .describe('By e-mail to owners whose address is known, where `email` is configured.'),
    sms: z
      .boolean()
      .default(false)
      .describe(
        'By SMS, where `sms` is configured. Each costs money; half of `messageLimits.total` is kept free.',
      ),
  })
  .prefault({});

export const reminderDaysSchema = z.array(z.int().min(1).max(365)).max(12).default([14, 7, 3, 1]);
