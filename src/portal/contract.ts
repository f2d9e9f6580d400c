import { z } from 'zod';

/**
 * The API between the portal and its pages: JSON under `/api/`, every answer `no-store`. Requests that change something
 * are POST with `Content-Type: application/json`, the header `x-csrf-token` (from {@link sessionView}) and the portal's
 * own Origin. Errors are `application/problem+json` with a code of the closed list. Instants are ISO 8601 in UTC.
 */
const instant = z.iso.datetime();

export const localeSchema = z.enum(['ru', 'en']);

export const applicationView = z.object({
  id: z.string(),
  name: z.string(),
  /** Address of the application's home page, «На главную» where nothing else was asked for. */
  homeUrl: z.string(),
});

/** `GET /api/session?request=R` (R optional): who is here and what the pages need to know before anything else. */
export const sessionView = z.object({
  csrfToken: z.string(),
  locale: localeSchema,
  productName: z.string(),
  /** Whom to turn to, as the administrator wrote it, for example a name, a telephone number and an address. */
  administratorContact: z.string(),
  applications: z.array(applicationView),
  /** The id of the one entered last in this session; null before the first entry and without a session. */
  lastApplication: z.string().nullable(),
  /** With `?request=R`: the application that sent the person here; null for a request that is unknown or too old. */
  entry: applicationView.nullable().optional(),
  account: z
    .object({
      login: z.string(),
      displayName: z.string(),
      /** The last digits, `…47-12`; null where the account has no telephone number. */
      phone: z.string().nullable(),
      /** `first`: handed over by somebody else; nothing but `POST /api/password` opens before it is changed. */
      password: z.enum(['own', 'first']),
    })
    .nullable(),
});

/**
 * `POST /api/password` -> 204: a password of one's own in place of the first one; all other sessions end. Errors
 * `password-invalid`, and `password-wrong` where there is no first password to change.
 */
export const passwordRequest = z.object({ password: z.string().min(1).max(1024) });

/** `POST /api/recovery/code`: sends a code to the telephone of whoever owns the certificate that the proof speaks of. */
export const recoveryCodeRequest = z.object({ proof: z.string().min(1).max(512) });
export const recoveryCodeView = z.object({
  login: z.string(),
  /** Its last digits. */
  phone: z.string(),
});

/** `POST /api/recovery`: `recovery-not-possible`, `recovery-code-wrong`, `password-invalid`, `throttled`. */
export const recoveryRequest = z.object({
  proof: z.string().min(1).max(512),
  code: z.string().min(1).max(40),
  password: z.string().min(1).max(1024),
});

/** `POST /api/sign-in`. Wrong login and wrong password answer alike: `sign-in-failed`; too many: `throttled`. */
export const signInRequest = z.object({
  login: z.string().min(1).max(256),
  password: z.string().min(1).max(1024),
  /** From the address `/sign-in?request=…`, where an application sent the person here. */
  request: z.string().max(4_096).optional(),
});
/** Where the browser goes next with a full navigation. */
export const nextView = z.object({ next: z.string() });

export const refusalReason = z.enum([
  'account-blocked',
  'certificate-missing',
  'certificate-mismatch-none-issued',
  'certificate-mismatch',
  'certificate-not-presented',
  'certificate-revoked',
  'certificate-expired',
  'certificate-suspended',
  'certificate-not-yet-valid',
]);

export const certificateSummary = z.object({
  subject: z.string(),
  notBefore: instant,
  notAfter: instant.nullable(),
  /** The last four hexadecimal digits of the serial number, upper case. */
  serialTail: z.string(),
});

/** `GET /api/refusal?decision=ID` (without the id: this session's newest). */
export const refusalView = z.object({
  decision: z.string(),
  at: instant,
  reason: refusalReason,
  application: applicationView,
  /** The address first asked for, else the application's home: where «На главную» and a permitted entry lead. */
  returnUrl: z.string(),
  presented: certificateSummary.nullable(),
  expected: certificateSummary.nullable(),
});

export const fileFormat = z.enum(['compatible', 'modern']);

/** `GET /api/certificate`, and the answer of every POST below it: the account's certificate and what can be done now. */
export const certificateView = z.object({
  state: z.enum(['none', 'active', 'not-yet-valid', 'expired', 'revoked', 'suspended']),
  current: certificateSummary.extend({ issuedAt: instant }).nullable(),
  /**
   * new: pressing «Скачать сертификат» issues one. again: it gives the same file once more. phone-missing: nobody could
   * receive the password. phone-held: the number was changed, nothing is sent to it before `phoneHeldUntil`. file-gone: issued, and its ten minutes are over. administrator: only an administrator can help.
   */
  download: z.enum(['new', 'again', 'phone-missing', 'phone-held', 'file-gone', 'administrator']),
  /** Null: the number is not held. */
  phoneHeldUntil: instant.nullable(),
  file: z
    .object({
      /** Without extension, for example `ivanov-2026-11-22`; `.pfx` or `.p12` follows. */
      name: z.string(),
      availableUntil: instant,
    })
    .nullable(),
  password: z
    .object({
      phone: z.string(),
      delivery: z.enum(['queued', 'retrying', 'delivered', 'failed']),
      /** Of the last failure; null while there was none. */
      failureCategory: z.string().nullable(),
      queuedAt: instant,
      finishedAt: instant.nullable(),
      /** Null once it is delivered or given up; in the past: at any moment. */
      nextAttemptAt: instant.nullable(),
      /** After it, «Отправить пароль ещё раз» is over. */
      availableUntil: instant,
      /** Null: not any more. In the future: wait till then. */
      resendAt: instant.nullable(),
    })
    .nullable(),
  /**
   * What «Заменить сертификат» takes in this session. confirm: a word of the person; the certificate was presented in
   * it. code: a code sent to the telephone. not-possible: `state` and the missing telephone say why.
   */
  replacement: z.enum(['confirm', 'code', 'not-possible']),
  /** The one that the current one has replaced: to be removed wherever it is installed. */
  former: certificateSummary.extend({ issuedAt: instant }).nullable(),
  /** True from the first reminder on, days before its end, until it is replaced: `current.notAfter` says when. */
  expiresSoon: z.boolean(),
  /** True once the certificate was presented at an application: time to delete the file. */
  presentedBefore: z.boolean(),
});

/** Where the code for replacing the certificate was sent to. */
export const replacementCodeView = z.object({
  phone: z.string(),
  expiresAt: instant,
  /** Before it, asking again sends nothing and answers alike. */
  resendAt: instant,
});

/** Without a code where `replacement` is `confirm`. */
export const replaceRequest = z.object({ code: z.string().max(64).optional() });

/*
 * POST /api/sign-out                   -> nextView
 * POST /api/locale {locale}            -> 204
 * POST /api/certificate/issue {}       -> certificateView; issues, or answers with what was issued in the last ten minutes
 * GET  /api/certificate/file?format=compatible|modern&extension=pfx|p12 -> application/x-pkcs12 as an attachment; issues nothing
 * POST /api/certificate/send-password  -> certificateView
 * POST /api/certificate/replacement/code {} -> replacementCodeView; sends a code to the account's telephone
 * POST /api/certificate/replace {code?} -> certificateView; issues a new one, the former is invalid at once; once more
 *   within ten minutes: what was issued. Errors `replacement-code-required`, and `replacement-code-wrong` with the
 *   member `triesLeft` (0: ask for a new code)
 * POST /api/choose-again {application} -> chooseAgainView
 */

/**
 * What the page needs to make the browser ask for a certificate again: `fetch(url, {method: 'POST', mode: 'no-cors',
 * credentials: 'include', headers: {'Content-Type': 'text/plain'}, body: token})`; the fetch always fails (the connection
 * ends with a TLS alert), then the browser goes to `returnUrl`.
 */
export const chooseAgainView = z.object({ url: z.string(), token: z.string(), returnUrl: z.string() });

export type LocaleCode = z.infer<typeof localeSchema>;
export type ApplicationView = z.infer<typeof applicationView>;
export type SessionView = z.infer<typeof sessionView>;
export type SignInRequest = z.infer<typeof signInRequest>;
export type NextView = z.infer<typeof nextView>;
export type RefusalReason = z.infer<typeof refusalReason>;
export type CertificateSummary = z.infer<typeof certificateSummary>;
export type RefusalView = z.infer<typeof refusalView>;
export type FileFormat = z.infer<typeof fileFormat>;
export type CertificateView = z.infer<typeof certificateView>;
export type ReplacementCodeView = z.infer<typeof replacementCodeView>;
export type ReplaceRequest = z.infer<typeof replaceRequest>;
export type ChooseAgainView = z.infer<typeof chooseAgainView>;

export type RecoveryCodeView = z.infer<typeof recoveryCodeView>;
export type RecoveryRequest = z.infer<typeof recoveryRequest>;
