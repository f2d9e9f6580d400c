import type { Dialogue } from './dialogue.ts';

const TIMEOUT_MS = 5_000;

/** Tells a client that asked for it (`CallbackUri`) how the confirmation ended. Only this machine is ever called. */
export function notifyCallback(dialogue: Dialogue): void {
  const { callbackUri, purpose, state } = dialogue;
  if (callbackUri === undefined || purpose.kind !== 'transaction' || !URL.canParse(callbackUri)) return;
  const url = new URL(callbackUri);
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) && !url.hostname.endsWith('.localhost'))
    return;
  const isSuccess = state.kind === 'confirmed';
  const body = JSON.stringify({
    Result: isSuccess ? 'success' : 'failed',
    TransactionId: purpose.transactionId,
    Error: isSuccess ? null : state.kind,
    ErrorDescription: null,
  });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  // A client that has gone learns it by asking.
  fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {});
}
