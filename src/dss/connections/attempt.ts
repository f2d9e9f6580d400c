import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, Brand, SessionId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { Challenge, MethodChoice } from '../protocol/confirmation.ts';
import type { DssFailure, DssPlace } from '../protocol/dss-error.ts';
import type { Mailbox } from './mailbox.ts';
import type { DssConnectionId } from './ports.ts';
import type { Locker } from './secret-vault.ts';

/** The number of a request, which the person may tell to technical support. */
export type AttemptId = Brand<string, 'DssAttemptId'>;

/** A connection as it is being signed in to; new ones are stored when they have worked. */
export interface AttemptConnection {
  readonly id: DssConnectionId;
  readonly isNew: boolean;
  readonly name: string;
  readonly authorizationServer: string;
  readonly dssServer: string;
  readonly usesV2: boolean;
  readonly login: string;
}

export type AttemptPurpose =
  | { readonly kind: 'certificates' }
  | {
      readonly kind: 'test-signature';
      readonly dssId: string;
      readonly sha256: Sha256Fingerprint;
      readonly pin: string;
    };

export type AttemptResult =
  | {
      readonly kind: 'certificates';
      readonly imported: number;
      /** In the list of the server, and not to be read. */
      readonly unreadable: number;
      readonly vanished: number;
    }
  | {
      readonly kind: 'test-signature';
      readonly outcome: 'verified' | 'not-verified';
      readonly owner: string;
      readonly signatureBytes: number;
      readonly at: Date;
    };

export type AttemptState =
  /** Something is asked of the servers; nobody has to do anything. */
  | { readonly kind: 'working'; readonly step: AttemptStep }
  | { readonly kind: 'password-needed'; readonly wasWrong: boolean }
  | { readonly kind: 'choosing'; readonly choice: MethodChoice }
  | { readonly kind: 'waiting'; readonly challenge: Challenge; readonly codeWasWrong: boolean }
  | { readonly kind: 'done'; readonly result: AttemptResult }
  | { readonly kind: 'failed'; readonly failure: DssFailure; readonly place: DssPlace }
  | {
      readonly kind: 'cancelled';
      /** The protocol has no way to withdraw a request: the telephone shows it so long. Undefined: it shows none. */
      readonly shownUntil: Date | undefined;
    };

export type AttemptStep =
  | 'checking-servers'
  | 'signing-in'
  | 'confirming'
  | 'reading-certificates'
  | 'signing'
  | 'verifying';

/** From the press of a button to its outcome. */
export interface Attempt {
  readonly id: AttemptId;
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly actor: Actor;
  readonly connection: AttemptConnection;
  readonly purpose: AttemptPurpose;
  readonly startedAt: Date;
  readonly locker: Locker;
  readonly mailbox: Mailbox;
  readonly abort: AbortController;
  state: AttemptState;
  endedAt: Date | undefined;
}

export function isOver({ state }: Attempt): boolean {
  return state.kind === 'done' || state.kind === 'failed' || state.kind === 'cancelled';
}
