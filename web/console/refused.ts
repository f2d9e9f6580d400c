import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/problem.ts';

/** What the gate says instead of passing a request on; a navigation is led to the portal's page about it. */
const REFUSALS = [
  'sign-in-required',
  'account-blocked',
  'certificate-missing',
  'certificate-mismatch',
  'certificate-mismatch-none-issued',
  'certificate-not-presented',
  'certificate-revoked',
  'certificate-expired',
  'certificate-suspended',
  'certificate-not-yet-valid',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

let refused: RefusalCode | undefined;
const listeners = new Set<() => void>();

/** To be told of every failed request. */
export function noteRefusal(error: unknown): void {
  if (!(error instanceof ApiProblem)) return;
  const code = REFUSALS.find((each) => each === error.code);
  if (code !== undefined) setRefused(code);
}

export function setRefused(code: RefusalCode | undefined): void {
  refused = code;
  for (const listener of listeners) listener();
}

export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && REFUSALS.some((each) => each === error.code);
}

/** The gate's last word, as long as the person has not gone on. */
export function useRefused(): RefusalCode | undefined {
  return useSyncExternalStore(subscribe, () => refused);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
