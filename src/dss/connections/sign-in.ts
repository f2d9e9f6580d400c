/**
 * Signing in to a DSS: an empty password first, because the server may ask for none; 401 to that is no error but the
 * reason to ask for the password. Then whatever the server wants confirmed.
 */
import type { Clock } from '../../kernel/clock.ts';
import { endpointsOf } from '../protocol/addresses.ts';
import { checkServers } from '../protocol/check-servers.ts';
import {
  type AccessToken,
  basicAuthorization,
  type DialogueStep,
  type DialogueSubject,
  type Dialogues,
} from '../protocol/confirmation.ts';
import { DssError } from '../protocol/dss-error.ts';
import type { Exchange } from '../protocol/exchange.ts';
import type { Attempt } from './attempt.ts';

export interface DialogueContext {
  readonly exchange: Exchange;
  readonly dialogues: Dialogues;
  readonly clock: Clock;
  readonly clientId: string | undefined;
  readonly pollMs: number;
  /** Throws when the person has signed out. */
  readonly ensureSignedIn: (attempt: Attempt) => Promise<void>;
  readonly reportFailure: (attempt: Attempt, error: unknown) => Promise<void>;
}

/** So long the form waits for a password before the request is forgotten. */
const PASSWORD_WAIT_MS = 15 * 60_000;
/** Until sign-out, which empties the vault; this is the net under it. */
const REMEMBERED_MS = 30 * 86_400_000;
/** So many polls in a row may get no answer; the telephone has rung already and may be confirmed all the while. */
const FAILED_POLLS_MAX = 5;
/** A token is not used in its last seconds. */
const TOKEN_MARGIN_MS = 5_000;

/** @throws {DssError} */
export async function signIn(context: DialogueContext, attempt: Attempt): Promise<AccessToken> {
  const { connection, locker, abort } = attempt;
  const { clock } = context;
  const passwordName = passwordNameOf(connection.id);
  attempt.state = { kind: 'working', step: 'checking-servers' };
  await checkServers(context.exchange, connection, abort.signal);
  const remembered = locker.take(passwordName, clock.now());
  let given = { password: remembered ?? '', remember: remembered !== undefined, isTyped: false };
  for (;;) {
    attempt.state = { kind: 'working', step: 'signing-in' };
    try {
      const token = await converse(context, attempt, signInSubject(context, attempt, given.password));
      // What comes after a cancellation is thrown away, also when it was on its way already.
      abort.signal.throwIfAborted();
      const now = clock.now();
      if (given.remember) locker.put(passwordName, given.password, new Date(now.getTime() + REMEMBERED_MS));
      else locker.drop(passwordName);
      locker.put(tokenNameOf(connection.id), token.value, lastUseOf(token));
      return token;
    } catch (error) {
      if (!(error instanceof DssError) || error.failure !== 'sign-in-failed') throw error;
      locker.drop(passwordName);
      if (given.isTyped) await context.reportFailure(attempt, error);
      given = await askPassword(attempt, given.isTyped);
    }
  }
}

/** From the first request of a dialogue to its token. @throws {DssError} */
export async function converse(
  context: DialogueContext,
  attempt: Attempt,
  subject: DialogueSubject,
): Promise<AccessToken> {
  const { dialogues } = context;
  const { signal } = attempt.abort;
  let step = await dialogues.begin(subject, signal);
  for (;;) {
    switch (step.kind) {
      case 'token':
        return step.token;
      case 'choice':
        step = await chooseMethod(context, attempt, subject, step.choice);
        break;
      case 'challenge':
        step = await awaitConfirmation(context, attempt, subject, step.challenge);
        break;
      case 'pending':
        throw new DssError('answer-unexpected', { place: 'authorization-server' });
    }
  }
}

async function chooseMethod(
  { dialogues, clock, ensureSignedIn }: DialogueContext,
  attempt: Attempt,
  subject: DialogueSubject,
  choice: Extract<DialogueStep, { kind: 'choice' }>['choice'],
): Promise<DialogueStep> {
  const { mailbox, abort } = attempt;
  attempt.state = { kind: 'choosing', choice };
  for (;;) {
    const left = choice.expiresAt.getTime() - clock.now().getTime();
    if (left <= 0) throw new DssError('expired');
    const input = await mailbox.take(left, abort.signal);
    if (input?.kind !== 'method' || !choice.methods.some(({ refId }) => refId === input.refId)) continue;
    await ensureSignedIn(attempt);
    attempt.state = { kind: 'working', step: 'confirming' };
    const reply = { kind: 'method', refId: choice.refId, methodRefId: input.refId } as const;
    return await dialogues.reply(subject, reply, abort.signal);
  }
}

/** Polls, and takes a code in between, until the server says something new or the time is over. */
async function awaitConfirmation(
  { dialogues, clock, pollMs, ensureSignedIn }: DialogueContext,
  attempt: Attempt,
  subject: DialogueSubject,
  first: Extract<DialogueStep, { kind: 'challenge' }>['challenge'],
): Promise<DialogueStep> {
  const { mailbox, abort } = attempt;
  let challenge = first;
  let failedPolls = 0;
  attempt.state = { kind: 'waiting', challenge, codeWasWrong: false };
  for (;;) {
    const left = challenge.expiresAt.getTime() - clock.now().getTime();
    const input = await mailbox.take(Math.min(pollMs, Math.max(left, 0)), abort.signal);
    await ensureSignedIn(attempt);
    const isLast = challenge.expiresAt.getTime() <= clock.now().getTime();
    const { refId } = challenge;
    let step: DialogueStep;
    try {
      step = await dialogues.reply(
        subject,
        input?.kind === 'code' ? { kind: 'code', refId, code: input.code } : { kind: 'poll', refId },
        abort.signal,
      );
      failedPolls = 0;
    } catch (error) {
      failedPolls += 1;
      const isPassing = input === undefined && isNetworkFailure(error) && failedPolls < FAILED_POLLS_MAX;
      if (!isPassing) throw error;
      if (isLast) throw new DssError('expired', { place: 'neither', cause: error });
      continue;
    }
    abort.signal.throwIfAborted();
    if (step.kind === 'token' || step.kind === 'choice') return step;
    // The last poll is for an answer that was given in the last second.
    if (isLast) throw new DssError('expired', { place: 'neither' });
    if (step.kind === 'challenge') challenge = step.challenge;
    const codeWasWrong: boolean = input?.kind === 'code' || (input === undefined && wasWrong(attempt));
    // What was typed meanwhile goes out with the next step.
    if (mailbox.isEmpty) attempt.state = { kind: 'waiting', challenge, codeWasWrong };
  }
}

/** A poll may be asked again: the server repeats its final answer. A code may not, its tries are counted. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof DssError && (error.failure === 'unreachable' || error.failure === 'too-slow');
}

function wasWrong({ state }: Attempt): boolean {
  return state.kind === 'waiting' && state.codeWasWrong;
}

async function askPassword(attempt: Attempt, isRepeated: boolean) {
  attempt.state = { kind: 'password-needed', wasWrong: isRepeated };
  for (;;) {
    const input = await attempt.mailbox.take(PASSWORD_WAIT_MS, attempt.abort.signal);
    if (input === undefined) throw new DssError('expired');
    if (input.kind === 'password') {
      return { password: input.password, remember: input.remember, isTyped: true };
    }
  }
}

function signInSubject(context: DialogueContext, { connection }: Attempt, password: string): DialogueSubject {
  const { confirmation, resource } = endpointsOf(connection);
  return {
    url: connection.usesV2 ? confirmation.v2 : confirmation.v1,
    resource,
    authorization: basicAuthorization(connection.login, password),
    clientId: context.clientId,
  };
}

export function passwordNameOf(connectionId: string): string {
  return `password ${connectionId}`;
}

export function tokenNameOf(connectionId: string): string {
  return `token ${connectionId}`;
}

function lastUseOf({ expiresAt }: AccessToken): Date {
  return new Date(expiresAt.getTime() - TOKEN_MARGIN_MS);
}
