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

const days = z.array(z.int().min(1).max(365)).max(12);

export const reminderDaysSchema = days
  .default([14, 7, 3, 1])
  .describe(
    'How many days before a certificate expires its owner is reminded: on the pages, and by e-mail and SMS as `reminders` says; of a day before the certificate was issued on the pages only. An empty list: never.',
  );

/** Getting a qualified certificate takes weeks. */
export const personalReminderDaysSchema = days
  .default([60, 30, 14, 7, 1])
  .describe(
    'The same for the personal certificates that people keep in the console, whoever issued them. An empty list: never.',
  );
