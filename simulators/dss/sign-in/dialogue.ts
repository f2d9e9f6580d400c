import type { DssUser, Method } from '../users.ts';

/** What is confirmed. */
export type Purpose =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'transaction'; readonly transactionId: string; readonly documents: readonly string[] }
  /** An arbitrary action that a client named, for example `checkprofile`. */
  | { readonly kind: 'scope'; readonly scope: string };

export type DialogueState =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'confirmed'; readonly accessToken: string; readonly expiresInSeconds: number }
  | { readonly kind: 'declined' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'too-many-attempts' };

/** Request, challenge, answers and outcome of one confirmation. */
export interface Dialogue {
  /** `RefID`, of the dialogue and of its challenge alike. */
  readonly id: string;
  readonly user: DssUser;
  readonly purpose: Purpose;
  /** Undefined while the person has not chosen. */
  method: Method | undefined;
  /** Of the challenge: a choice starts the time anew. */
  createdAt: Date;
  readonly lifetimeSeconds: number;
  /** What was sent by SMS or e-mail. */
  readonly code: string;
  /** What the application shows without a network, after it has read the QR image. */
  readonly offlineCodes: { readonly confirm: string; readonly decline: string };
  attemptsLeft: number;
  readonly callbackUri: string | undefined;
  state: DialogueState;
  endedAt: Date | undefined;
}

export const METHOD_PREFIX = 'http://dss.cryptopro.ru/identity/authenticationmethod/';
/** The telephone that a choice names; one person could have several. */
const DEVICE = '?device-1';

export function methodUri(method: Method): string {
  return `${METHOD_PREFIX}${method}${method === 'mydss' ? DEVICE : ''}`;
}

export function isCodeMethod(method: Method | undefined): boolean {
  return method === 'otpviasms' || method === 'otpviaemail';
}

export function isOver(dialogue: Dialogue): boolean {
  return dialogue.state.kind !== 'choosing' && dialogue.state.kind !== 'waiting';
}

export function endsAt(dialogue: Dialogue): Date {
  return new Date(dialogue.createdAt.getTime() + dialogue.lifetimeSeconds * 1000);
}
