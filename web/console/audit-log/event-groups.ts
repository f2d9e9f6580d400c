export const EVENT_GROUPS = [
  'entry',
  'accounts',
  'certificates',
  'messages',
  'authority',
  'workspace',
  'journal',
] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

/** The first that fits. */
const RULES: readonly (readonly [EventGroup, RegExp])[] = [
  ['workspace', /^(?:workspace-|trust-anchor-|dss-|address-fetched|certificate-status-changed)/],
  ['messages', /^(?:message-|reminder-|certificate-password-queued)/],
  ['authority', /^(?:instance-|issuer-|root-key-|responder-|revocation-list-)/],
  ['certificates', /^certificate-/],
  ['entry', /^(?:signed-|sign-in-|session-|entry-|requests-|choose-again-)/],
  ['accounts', /^account/],
  ['journal', /^(?:journal-|audit-)/],
];

/** Undefined: of a newer server. */
export function groupOf(type: string): EventGroup | undefined {
  return RULES.find(([, pattern]) => pattern.test(type))?.[0];
}
