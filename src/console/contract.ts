import { z } from 'zod';

/**
 * The API between the console and its pages: JSON under `/api/`, every answer `no-store`. Requests that change something
 * have the console's own Origin and the header `x-propusk-console: 1`, bodies are `application/json`. Errors are
 * `application/problem+json` with a code of the closed list. Instants are ISO 8601 in UTC.
 *
 * What somebody edits has a revision: it comes in the header `ETag`, an edit hands it back in `If-Match`. Without one:
 * `revision-required`; somebody else was faster: `revision-changed`, nothing is overwritten.
 *
 * Every section has a contract of its own beside its routes: `src/console/<section>/contract.ts`.
 */
const instant = z.iso.datetime();

export const localeSchema = z.enum(['ru', 'en']);
export const roleSchema = z.enum(['user', 'operator', 'administrator']);

/** `GET /api/me`: who is here, and what the pages need to know before anything else. */
export const meView = z.object({
  account: z.object({
    id: z.string(),
    login: z.string(),
    displayName: z.string(),
    /** Decides what is shown; what may be done is decided at every request. */
    role: roleSchema,
  }),
  locale: localeSchema,
  /** The certificate that this connection presents. */
  certificate: z.object({
    subject: z.string(),
    /** Hexadecimal digits, lower case. */
    serialNumber: z.string(),
    sha256Fingerprint: z.string(),
    notAfter: instant,
  }),
  productName: z.string(),
  administratorContact: z.string(),
  /** «Заменить сертификат» is a page of it. */
  portalOrigin: z.string(),
  preferences: z.record(z.string(), z.json()),
});

/** Name of a preference: the page or table it belongs to, for example `table.sessions.columns`. */
export const preferenceName = z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/);

/** `PUT /api/preferences/{name}` -> 204. At most 4,096 characters of JSON; null forgets it. */
export const preferenceRequest = z.object({ value: z.json() });

/** `PUT /api/locale` -> 204; also the portal's language from then on. */
export const localeRequest = z.object({ locale: localeSchema });

export type Locale = z.infer<typeof localeSchema>;
export type Role = z.infer<typeof roleSchema>;
export type MeView = z.infer<typeof meView>;
export type PreferenceValue = z.infer<typeof preferenceRequest>['value'];
