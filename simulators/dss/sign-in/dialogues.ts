import { randomInt, randomUUID } from 'node:crypto';
import { CHALLENGE_SECONDS, type DssUser, type Method } from '../users.ts';
import {
  type Dialogue,
  type DialogueState,
  endsAt,
  isCodeMethod,
  isOver,
  METHOD_PREFIX,
  type Purpose,
} from './dialogue.ts';
import type { Tokens } from './tokens.ts';

export interface DialoguesOptions {
  readonly tokens: Tokens;
  /** When something is to be seen on a telephone, or no more. */
  readonly onChange: () => void;
  /** When one has ended, whoever ended it. */
  readonly onEnd: (dialogue: Dialogue) => void;
}

const ATTEMPTS = 3;
/** Polls may overlap or come late: the outcome is told for a while. */
const KEPT_AFTER_END_MS = 10 * 60_000;

/** All confirmations that run or ended a short time ago. Nothing runs by a timer: time passes when somebody looks. */
export class Dialogues {
  readonly #byId = new Map<string, Dialogue>();
  readonly #options: DialoguesOptions;

  constructor(options: DialoguesOptions) {
    this.#options = options;
  }

  open(user: DssUser, purpose: Purpose, callbackUri: string | undefined, now: Date): Dialogue {
    const code = makeCode();
    const dialogue: Dialogue = {
      id: randomUUID(),
      user,
      purpose,
      method: user.methods.length === 1 ? user.methods[0] : undefined,
      createdAt: now,
      lifetimeSeconds: user.challengeSeconds ?? CHALLENGE_SECONDS,
      code,
      offlineCodes: { confirm: makeCode(code), decline: makeCode(code) },
      attemptsLeft: ATTEMPTS,
      callbackUri,
      state: { kind: user.methods.length === 1 ? 'waiting' : 'choosing' },
      endedAt: undefined,
    };
    this.#byId.set(dialogue.id, dialogue);
    this.#options.onChange();
    return dialogue;
  }

  /** As it is at this moment, with whatever has happened by itself since the last look. */
  find(id: string, now: Date): Dialogue | undefined {
    const dialogue = this.#byId.get(id.toLowerCase());
    if (dialogue) this.#settle(dialogue, now);
    return dialogue;
  }

  /** Oldest first. */
  list(now: Date): readonly Dialogue[] {
    for (const dialogue of this.#byId.values()) {
      this.#settle(dialogue, now);
      const ended = dialogue.endedAt;
      if (ended && now.getTime() - ended.getTime() > KEPT_AFTER_END_MS) this.#byId.delete(dialogue.id);
    }
    return [...this.#byId.values()];
  }

  /** @param chosen a method's URI, with or without a device */
  choose(dialogue: Dialogue, chosen: string, now: Date): 'chosen' | 'unknown-method' {
    const method = parseMethod(chosen);
    if (!method || !dialogue.user.methods.includes(method)) return 'unknown-method';
    dialogue.method = method;
    dialogue.createdAt = now;
    dialogue.state = { kind: 'waiting' };
    this.#options.onChange();
    return 'chosen';
  }

  /** A code that the person typed: one that was sent, or one that the application shows without a network. */
  takeCode(dialogue: Dialogue, value: string, now: Date): 'right' | 'wrong' {
    const code = value.replace(/\s/g, '');
    if (isCodeMethod(dialogue.method)) {
      if (code === dialogue.code) return this.#right(dialogue, 'confirm', now);
    } else if (dialogue.method !== 'simauth') {
      if (code === dialogue.offlineCodes.confirm) return this.#right(dialogue, 'confirm', now);
      if (code === dialogue.offlineCodes.decline) return this.#right(dialogue, 'decline', now);
    }
    dialogue.attemptsLeft -= 1;
    if (dialogue.attemptsLeft <= 0) this.#end(dialogue, { kind: 'too-many-attempts' }, now);
    return 'wrong';
  }

  confirm(dialogue: Dialogue, now: Date): void {
    const transactionId =
      dialogue.purpose.kind === 'transaction' ? dialogue.purpose.transactionId : undefined;
    const token = this.#options.tokens.issue(dialogue.user, transactionId, now);
    this.#end(dialogue, { kind: 'confirmed', ...token }, now);
  }

  decline(dialogue: Dialogue, now: Date): void {
    this.#end(dialogue, { kind: 'declined' }, now);
  }

  #right(dialogue: Dialogue, answer: 'confirm' | 'decline', now: Date): 'right' {
    if (answer === 'confirm') this.confirm(dialogue, now);
    else this.decline(dialogue, now);
    return 'right';
  }

  #settle(dialogue: Dialogue, now: Date): void {
    if (isOver(dialogue)) return;
    const { reaction } = dialogue.user;
    if (dialogue.state.kind === 'waiting' && reaction && reaction.kind !== 'by-hand') {
      const at = new Date(dialogue.createdAt.getTime() + reaction.afterSeconds * 1000);
      if (at <= now && at < endsAt(dialogue)) {
        if (reaction.kind === 'confirms') this.confirm(dialogue, now);
        else this.decline(dialogue, now);
        return;
      }
    }
    if (endsAt(dialogue) <= now) this.#end(dialogue, { kind: 'expired' }, now);
  }

  #end(dialogue: Dialogue, state: DialogueState, now: Date): void {
    dialogue.state = state;
    dialogue.endedAt = now;
    this.#options.onEnd(dialogue);
    this.#options.onChange();
  }
}

function parseMethod(uri: string): Method | undefined {
  const name = uri.toLowerCase().replace(METHOD_PREFIX, '').split('?')[0];
  switch (name) {
    case 'mobile':
    case 'mydss':
    case 'simauth':
    case 'otpviasms':
    case 'otpviaemail':
      return name;
    default:
      return undefined;
  }
}

/** Six digits, other than the given ones. */
function makeCode(other?: string): string {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  return code === other ? makeCode(other) : code;
}
