import { evaluate } from './evaluate.ts';
import type { AccessFacts } from './facts.ts';

/** The closed list of reasons against entry, in the order in which they are asked. */
export const DENIAL_REASONS = [
  'sign-in-required',
  'account-blocked',
  'certificate-revoked',
  'certificate-suspended',
  'certificate-not-yet-valid',
  'certificate-expired',
  'certificate-missing',
  'certificate-mismatch-none-issued',
  'certificate-not-presented',
  'certificate-mismatch',
] as const;
export type DenialReason = (typeof DENIAL_REASONS)[number];

export type Decision =
  | { readonly outcome: 'permit' }
  | { readonly outcome: 'deny'; readonly reason: DenialReason };

/** Permit, or deny with the first reason that holds. {@link explain} is the same evaluation with its trace. */
export function decide(facts: AccessFacts): Decision {
  return evaluate(facts).decision;
}
