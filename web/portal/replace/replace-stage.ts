import type { CertificateView } from '../../../src/portal/contract.ts';

/**
 * What the page of replacing shows.
 *
 * - `start`: the reasons, and the button that asks for confirmation
 * - `just-issued`: nothing is to be replaced yet, the file can still be downloaded
 * - `done`: the new one is issued, and was not used yet
 */
export type ReplaceStage =
  | 'start'
  | 'just-issued'
  | 'done'
  | 'nothing'
  | 'phone-missing'
  | 'phone-held'
  | 'administrator';

export function replaceStage(view: CertificateView, phone: string | null): ReplaceStage {
  if (view.state === 'none' || view.state === 'expired') {
    return view.download === 'administrator' ? 'administrator' : 'nothing';
  }
  if (view.former !== null && !view.presentedBefore) return 'done';
  if (view.replacement === 'not-possible' && view.phoneHeldUntil !== null) return 'phone-held';
  if (view.replacement === 'not-possible') return phone === null ? 'phone-missing' : 'administrator';
  if (view.replacement === 'code' && view.download === 'again') return 'just-issued';
  return 'start';
}

/** What the person typed, without the gaps of the message; undefined while it can be no code. */
export function readCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{8}$/.test(digits) ? digits : undefined;
}

export type CodeFault = 'wrong' | 'spent' | 'void';

/** What was wrong with a code; undefined where something else went wrong. */
export function codeFault(code: string, triesLeft: number | undefined): CodeFault | undefined {
  if (code === 'replacement-code-required') return 'void';
  if (code !== 'replacement-code-wrong') return undefined;
  return triesLeft === 0 ? 'spent' : 'wrong';
}
