import type { ExpiringKind, ExpiringThing } from './ports.ts';

export interface ReminderTexts {
  readonly sms: string;
  readonly mail: { readonly subject: string; readonly text: string };
}

/**
 * A kind of things that end and whose owners are reminded. The mechanism is one for all: which of them is due, once per
 * threshold, notices, messages, journal. What differs is here, and in the store's query for the kind.
 */
export interface ReminderSource {
  readonly kind: ExpiringKind;
  /** Days before the end; whole numbers above zero, in any order. None: nobody is reminded. */
  readonly thresholdDays: readonly number[];
  /** In the owner's language: what ends, when, what to do now, whom to ask. No secret. */
  compose(thing: ExpiringThing, now: Date): ReminderTexts;
}
