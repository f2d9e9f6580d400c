import { z } from 'zod';

const instant = z.iso.datetime();

/** Everything that can go wrong; texts for each are on the pages. The list is that of `src/dss/protocol/dss-error.ts`. */
export const failureCode = z.enum([
  'address-invalid',
  'address-refused',
  'name-unknown',
  'unreachable',
  'tls-untrusted',
  'tls-certificate',
  'tls-gost',
  'too-slow',
  'not-a-dss',
  'server-error',
  'forbidden',
  'answer-unexpected',
  'sign-in-failed',
  'sign-in-over',
  'declined',
  'expired',
  'too-many-attempts',
  'another-pending',
  'method-unsupported',
  'pin-wrong',
  'certificate-unusable',
  'signature-refused',
]);

const place = z.enum(['authorization-server', 'dss-server', 'neither']);

/** «Название подключения»: Latin letters, digits and the underscore. */
export const connectionName = z.string().regex(/^[A-Za-z0-9_]{1,64}$/);
// RFC 7617, 2: a user-id holds no colon.
const login = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^[^:\p{Cc}]+$/u);
const address = z.string().max(1024);

/** `POST /api/dss/connections`: checks the addresses, tries an empty password; one address is enough. */
export const newConnection = z.strictObject({
  name: connectionName,
  authorizationServer: address,
  dssServer: address,
  usesV2: z.boolean(),
  login,
});

/** `POST /api/dss/attempts/{id}/password` */
export const passwordInput = z.strictObject({
  password: z.string().min(1).max(1024),
  remember: z.boolean(),
});

/** `POST /api/dss/attempts/{id}/code`: from the SMS, the letter or the application. */
export const codeInput = z.strictObject({ code: z.string().trim().min(1).max(64) });

/** `POST /api/dss/attempts/{id}/method` */
export const methodInput = z.strictObject({ refId: z.string().min(1).max(1024) });

/** `PATCH /api/dss/connections/{id}` */
export const renameInput = z.strictObject({ name: connectionName });

/** `POST /api/dss/connections/{id}/disconnect` -> 204 */
export const disconnectInput = z.strictObject({ certificates: z.enum(['kept', 'removed']) });

/** `POST /api/dss/connections/{id}/test-signature` */
export const testSignatureInput = z.strictObject({
  certificateId: z.string().min(1).max(64),
  pin: z.string().max(128),
});

const state = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('working'),
    step: z.enum([
      'checking-servers',
      'signing-in',
      'confirming',
      'reading-certificates',
      'signing',
      'verifying',
    ]),
  }),
  z.object({ kind: z.literal('password-needed'), wasWrong: z.boolean() }),
  z.object({
    kind: z.literal('choosing'),
    title: z.string(),
    methods: z.array(z.object({ refId: z.string(), label: z.string() })),
    expiresAt: instant,
  }),
  z.object({
    kind: z.literal('waiting'),
    method: z.enum(['sim', 'mobile', 'sms', 'email', 'code', 'other']),
    title: z.string(),
    label: z.string(),
    takesCode: z.boolean(),
    codeWasWrong: z.boolean(),
    /** Path of a picture for a telephone without network; null: none. */
    qrImage: z.string().nullable(),
    expiresAt: instant,
  }),
  z.object({
    kind: z.literal('done'),
    result: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('certificates'),
        imported: z.int(),
        unreadable: z.int(),
        vanished: z.int(),
      }),
      z.object({
        kind: z.literal('test-signature'),
        outcome: z.enum(['verified', 'not-verified']),
        owner: z.string(),
        signatureBytes: z.int(),
        at: instant,
      }),
    ]),
  }),
  z.object({ kind: z.literal('failed'), failure: failureCode, place }),
  z.object({
    kind: z.literal('cancelled'),
    /** The telephone shows the request so long, because it cannot be withdrawn; null: it shows none. */
    shownUntil: instant.nullable(),
  }),
]);

/** From the press of a button to its outcome. `DELETE /api/dss/attempts/{id}` cancels or dismisses it, and answers with it. */
export const attemptView = z.object({
  /** The number of the request, for technical support. */
  id: z.string(),
  purpose: z.enum(['certificates', 'test-signature']),
  connection: z.object({
    id: z.string(),
    /** False: it has not worked yet and is not stored. */
    isStored: z.boolean(),
    name: z.string(),
    authorizationServer: z.string(),
    dssServer: z.string(),
    usesV2: z.boolean(),
    login: z.string(),
  }),
  startedAt: instant,
  state,
});

/** `GET /api/dss/attempts` -> this session's, newest first. */
export const attemptsView = z.object({ attempts: z.array(attemptView) });

const certificate = z.object({
  certificateId: z.string(),
  /** Null: it could not be read. */
  sha256: z.string().nullable(),
  owner: z.string(),
  notAfter: instant.nullable(),
  /** As the server says, for example `ACTIVE`. */
  status: z.string(),
  hasPin: z.boolean(),
  isDefault: z.boolean(),
  vanishedAt: instant.nullable(),
});

/** `GET /api/dss/connections` */
export const connectionsView = z.object({
  connections: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      authorizationServer: z.string(),
      dssServer: z.string(),
      usesV2: z.boolean(),
      login: z.string(),
      state: z.enum(['signed-in', 'sign-in-needed', 'error']),
      failure: failureCode.nullable(),
      failedAt: instant.nullable(),
      isPasswordRemembered: z.boolean(),
      createdAt: instant,
      refreshedAt: instant.nullable(),
      certificates: z.array(certificate),
    }),
  ),
});

/** `GET /api/dss/services` -> known services, of the administrator's choice. */
export const servicesView = z.object({
  services: z.array(
    z.object({
      name: z.string(),
      authorizationServer: z.string(),
      dssServer: z.string(),
      usesV2: z.boolean(),
    }),
  ),
});

export type FailureCode = z.infer<typeof failureCode>;
export type NewConnectionInput = z.infer<typeof newConnection>;
export type AttemptView = z.infer<typeof attemptView>;
export type AttemptStateView = AttemptView['state'];
export type AttemptsView = z.infer<typeof attemptsView>;
export type ConnectionsView = z.infer<typeof connectionsView>;
export type ConnectionView = ConnectionsView['connections'][number];
export type ConnectionCertificateView = ConnectionView['certificates'][number];
export type ServicesView = z.infer<typeof servicesView>;
