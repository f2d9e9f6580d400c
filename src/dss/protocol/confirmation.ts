/**
 * The dialogue of the confirmation service: request, challenge, answers, token. The same for a sign-in and for an
 * operation, for v1 and v2.0; only the address and the `Authorization` field differ.
 */
import type { Clock } from '../../kernel/clock.ts';
import { type ConfirmationAnswer, confirmationAnswer, type TextChallengeAnswer } from './answers.ts';
import { DssError } from './dss-error.ts';
import { type Answered, codeOf, type Exchange, refusalOf } from './exchange.ts';
import { type Picture, readPicture } from './picture.ts';

/** What a person does with a challenge. */
export type ChallengeKind = 'sim' | 'mobile' | 'sms' | 'email' | 'code' | 'other';

export interface Challenge {
  /** Of the dialogue; every poll and every answer names it. */
  readonly refId: string;
  readonly kind: ChallengeKind;
  /** What the DSS writes for the person; texts from outside, to be shown as text. */
  readonly title: string;
  readonly label: string;
  /** A code is typed in here: always for `sms`, `email` and `code`, with `mobile` the one that it shows offline. */
  readonly takesCode: boolean;
  /** To be read by the application of a telephone without network. */
  readonly picture: Picture | undefined;
  /** By our clock. */
  readonly expiresAt: Date;
}

export interface MethodChoice {
  readonly refId: string;
  readonly title: string;
  readonly methods: readonly { readonly refId: string; readonly label: string }[];
  readonly expiresAt: Date;
}

export interface AccessToken {
  readonly value: string;
  /** By our clock. */
  readonly expiresAt: Date;
}

export type DialogueStep =
  | { readonly kind: 'token'; readonly token: AccessToken }
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'choice'; readonly choice: MethodChoice }
  /** A poll that says no more than "not yet". */
  | { readonly kind: 'pending' };

/** Who asks and for what; every step of one dialogue sends the same. */
export interface DialogueSubject {
  readonly url: string;
  readonly resource: string;
  /** `Basic …` for a sign-in, `Bearer …` for an operation. */
  readonly authorization: string;
  readonly clientId: string | undefined;
  /** The operation, in the names of v1 and of v2. */
  readonly operation?: { readonly TransactionTokenId: string } | { readonly OperationId: string };
}

export type DialogueReply =
  | { readonly kind: 'poll'; readonly refId: string }
  | { readonly kind: 'code'; readonly refId: string; readonly code: string }
  | { readonly kind: 'method'; readonly refId: string; readonly methodRefId: string };

export interface Dialogues {
  /** @throws {DssError} `sign-in-failed` for 401 with Basic */
  begin(subject: DialogueSubject, signal?: AbortSignal): Promise<DialogueStep>;
  /** @throws {DssError} `declined`, `expired`, `too-many-attempts`, … */
  reply(subject: DialogueSubject, reply: DialogueReply, signal?: AbortSignal): Promise<DialogueStep>;
}

/** RFC 7617 with UTF-8. Without a password nothing stands behind the colon. */
export function basicAuthorization(login: string, password: string): string {
  return `Basic ${Buffer.from(`${login}:${password}`, 'utf8').toString('base64')}`;
}

const DEFAULT_CHALLENGE_SECONDS = 300;
const DEFAULT_TOKEN_SECONDS = 300;
const METHOD_PREFIX = 'http://dss.cryptopro.ru/identity/authenticationmethod/';

export function createDialogues(exchange: Exchange, clock: Clock): Dialogues {
  const send = async (subject: DialogueSubject, body: object, signal: AbortSignal | undefined) => {
    const { url, authorization, resource, clientId } = subject;
    const client = clientId === undefined ? {} : { ClientId: clientId };
    const answered = await exchange({
      url,
      authorization,
      body: { Resource: resource, ...client, ...body },
      place: 'authorization-server',
      signal,
    });
    return readStep(answered, subject, clock.now());
  };
  return {
    begin: (subject, signal) => send(subject, subject.operation ?? {}, signal),
    reply: (subject, reply, signal) => send(subject, { ChallengeResponse: responseOf(reply) }, signal),
  };
}

function responseOf(reply: DialogueReply): object {
  switch (reply.kind) {
    case 'poll':
      return { TextChallengeResponse: [{ RefId: reply.refId }] };
    case 'code':
      return { TextChallengeResponse: [{ RefId: reply.refId, Value: reply.code }] };
    case 'method':
      return {
        ChoiceChallengeResponse: [{ RefId: reply.refId, ChoiceSelected: [{ RefID: reply.methodRefId }] }],
      };
  }
}

function readStep(answered: Answered, subject: DialogueSubject, now: Date): DialogueStep {
  const place = 'authorization-server';
  const { status } = answered;
  const isSignIn = subject.authorization.startsWith('Basic ');
  if (status === 401 && isSignIn) throw new DssError('sign-in-failed', { place, status });
  const parsed = confirmationAnswer.safeParse(answered.json);
  const isDialogue =
    parsed.success && (parsed.data.isfinal ?? parsed.data.iserror ?? undefined) !== undefined;
  if (!isDialogue) {
    if (status >= 200 && status <= 299) throw new DssError('not-a-dss', { place, status });
    throw refusalOf(answered, place);
  }
  const answer = parsed.data;
  // Some versions say `IsFinal` with an error and some do not; an error is an error.
  if (answer.iserror === true) throw errorOf(answer, status, isSignIn);
  if (answer.isfinal === true) return tokenOf(answer, now);
  return stepOf(answer, now, answered.serverTime ?? now);
}

function tokenOf(answer: ConfirmationAnswer, now: Date): DialogueStep {
  if (!answer.accesstoken) throw new DssError('answer-unexpected', { place: 'authorization-server' });
  const seconds = answer.expiresin || DEFAULT_TOKEN_SECONDS;
  return {
    kind: 'token',
    token: { value: answer.accesstoken, expiresAt: new Date(now.getTime() + seconds * 1000) },
  };
}

function stepOf({ challenge }: ConfirmationAnswer, now: Date, serverTime: Date): DialogueStep {
  if (!challenge) return { kind: 'pending' };
  const [choice] = challenge.choicechallenge ?? [];
  const context = challenge.contextdata?.refid ?? undefined;
  const title = challenge.title?.value ?? '';
  const [first] = challenge.textchallenge ?? [];
  if (first) {
    return { kind: 'challenge', challenge: readChallenge(first, { context, title }, now, serverTime) };
  }
  if (!choice) return { kind: 'pending' };
  const refId = context ?? choice.refid ?? undefined;
  if (refId === undefined) throw new DssError('answer-unexpected', { place: 'authorization-server' });
  return {
    kind: 'choice',
    choice: {
      refId,
      title: title || (choice.label ?? ''),
      methods: choice.choice.map((method) => ({ refId: method.refid, label: method.label || method.refid })),
      expiresAt: new Date(now.getTime() + DEFAULT_CHALLENGE_SECONDS * 1000),
    },
  };
}

function readChallenge(
  read: TextChallengeAnswer,
  around: { readonly context: string | undefined; readonly title: string },
  now: Date,
  serverTime: Date,
): Challenge {
  const refId = read.refid ?? around.context;
  if (refId === undefined) throw new DssError('answer-unexpected', { place: 'authorization-server' });
  const kind = kindOf(read.authnmethod ?? '', read.ishidden === true);
  const own = typeof read.title === 'string' ? read.title : (read.title?.value ?? '');
  const image = typeof read.image === 'string' ? read.image : read.image?.value;
  const picture = image ? readPicture(image) : undefined;
  return {
    refId,
    kind,
    title: around.title || own,
    label: read.label ?? '',
    takesCode: kind === 'sms' || kind === 'email' || kind === 'code' || picture !== undefined,
    picture,
    expiresAt: expiryOf(read, now, serverTime),
  };
}

/** `CreatedAt` is of the server's clock, which may be wrong; what is left of the time is not. */
function expiryOf(read: TextChallengeAnswer, now: Date, serverTime: Date): Date {
  const lifetime = (read.expiresin || DEFAULT_CHALLENGE_SECONDS) * 1000;
  const age = read.createdat ? serverTime.getTime() - read.createdat * 1000 : 0;
  return new Date(now.getTime() + Math.min(lifetime, Math.max(0, lifetime - age)));
}

function kindOf(method: string, isHidden: boolean): ChallengeKind {
  const name = method.toLowerCase().replace(METHOD_PREFIX, '').split('?')[0];
  switch (name) {
    case 'simauth':
      return 'sim';
    case 'mobile':
    case 'mydss':
    case 'airkey':
      return 'mobile';
    case 'otpviasms':
      return 'sms';
    case 'otpviaemail':
      return 'email';
    case 'oath':
    case 'mtmo':
      return 'code';
    default:
      return isHidden ? 'code' : 'other';
  }
}

const CREDENTIALS: ReadonlySet<string> = new Set([
  'authentication_failed',
  'login_required',
  'user_not_found',
  'invalid_grant',
]);

function errorOf(answer: ConfirmationAnswer, status: number, isSignIn: boolean): DssError {
  const serverCode = codeOf(answer.error);
  const options = {
    place: 'authorization-server',
    status,
    ...(serverCode === undefined ? {} : { serverCode }),
  } as const;
  switch (serverCode) {
    case 'authentication_declined':
      return new DssError('declined', options);
    case 'transaction_expired':
    case 'invalid_transaction':
      return new DssError('expired', options);
    case 'max_attempts_exceeded':
      return new DssError('too-many-attempts', options);
    case 'transaction_pending':
      return new DssError('another-pending', options);
    case 'invalid_authentication_scheme':
    case 'authn_method_not_confirmed':
    case 'contact_confirmation_required':
    case 'invalid_phone':
      return new DssError('method-unsupported', options);
    case 'internal_error':
      return new DssError('server-error', options);
    default:
      return new DssError(
        isSignIn && serverCode !== undefined && CREDENTIALS.has(serverCode)
          ? 'sign-in-failed'
          : 'answer-unexpected',
        options,
      );
  }
}
