import type { CertificateView } from '../../../src/portal/contract.ts';

export type ShownState = CertificateView['state'] | 'soon';

/** The server says when "soon" begins: with the first reminder. */
export function shownState({
  state,
  expiresSoon,
}: Pick<CertificateView, 'state' | 'expiresSoon'>): ShownState {
  return state === 'active' && expiresSoon ? 'soon' : state;
}
