import type { CertificateView } from '../../../src/portal/contract.ts';
import { daysUntil } from '../../ui/dates.ts';

/** From this many days before its end on, a certificate is shown as ending soon. */
export const SOON_DAYS = 14;

export type ShownState = CertificateView['state'] | 'soon';

export function shownState(view: CertificateView, now: Date): ShownState {
  const notAfter = view.current?.notAfter;
  if (view.state !== 'active' || notAfter === undefined || notAfter === null) return view.state;
  return daysUntil(notAfter, now) <= SOON_DAYS ? 'soon' : 'active';
}
