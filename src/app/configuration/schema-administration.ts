import { z } from 'zod';

export const administrationSchema = z
  .strictObject({
    phoneHoldHours: z
      .number()
      .min(0)
      .max(720)
      .default(24)
      .describe(
        'How long nothing is issued to a telephone number that was changed, unless a second administrator confirms it; for as long the same person may not reset the password of that account.',
      ),
  })
  .prefault({});
