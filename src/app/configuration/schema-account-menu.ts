import { z } from 'zod';

export const accountMenuSchema = z
  .boolean()
  .default(true)
  .describe(
    'Adds the account menu to the application’s own pages: who I am, until when the certificate is valid, replacing, signing out. Where it is off, a page in between tells once a day that the certificate expires soon.',
  );

export const accountMenuPositionSchema = z
  .enum(['top-right', 'top-left', 'bottom-right'])
  .default('top-right')
  .describe('The corner of the menu at first; each person can move it.');
