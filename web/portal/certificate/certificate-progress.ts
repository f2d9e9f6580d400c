import type { CertificateView } from '../../../src/portal/contract.ts';

export const STEPS = ['download', 'password', 'install', 'enter'] as const;
export type StepName = (typeof STEPS)[number];
export type StepState = 'done' | 'now' | 'ahead';

export type Progress = 'download' | 'password' | 'install' | 'finished';

/**
 * Where the person stands, as far as the server can know: whether the file is installed it learns at the first entry.
 *
 * @param refusedHere the person comes from a refusal that says so: whatever happened on other computers, on this one the
 *   certificate is still to be installed or chosen
 */
export function certificateProgress(view: CertificateView, refusedHere: boolean): Progress {
  if (view.state !== 'active' && view.state !== 'not-yet-valid') return 'download';
  if (view.download === 'new') return 'download';
  if (view.presentedBefore && !refusedHere) return 'finished';
  if (view.password !== null && view.password.delivery !== 'delivered') return 'password';
  return 'install';
}

/** The place of the current step; everything before it is done. */
const PLACES: Readonly<Record<Progress, number>> = { download: 0, password: 1, install: 2, finished: 4 };

export function stepState(progress: Progress, step: StepName): StepState {
  const place = STEPS.indexOf(step);
  if (place < PLACES[progress]) return 'done';
  return place === PLACES[progress] ? 'now' : 'ahead';
}

export type PasswordNotice = 'queued' | 'retrying' | 'delivered' | 'failed' | 'gone';

/** What to say about the SMS. A password that can be sent no more is gone, unless it has just arrived. */
export function passwordNotice(
  password: NonNullable<CertificateView['password']>,
  now: Date,
): PasswordNotice {
  const over = password.resendAt === null && new Date(password.availableUntil) <= now;
  return over ? 'gone' : password.delivery;
}

export type Resend = 'now' | 'wait' | 'never';

/** Whether «Отправить пароль ещё раз» can be pressed. Not while a message is still on its way. */
export function resendState(password: NonNullable<CertificateView['password']>, now: Date): Resend {
  if (password.resendAt === null || new Date(password.availableUntil) <= now) return 'never';
  if (password.delivery === 'queued' || password.delivery === 'retrying') return 'wait';
  return new Date(password.resendAt) <= now ? 'now' : 'wait';
}

/** How soon to ask the server again; false: nothing is under way. */
export function pollIntervalMs(view: CertificateView | undefined, now: Date): number | false {
  const delivery = view?.password?.delivery;
  if (delivery === 'queued' || delivery === 'retrying') return 2000;
  if (view?.file) {
    const left = new Date(view.file.availableUntil).getTime() - now.getTime();
    // One second later the server has surely passed it too.
    return Math.max(left + 1000, 1000);
  }
  return false;
}
