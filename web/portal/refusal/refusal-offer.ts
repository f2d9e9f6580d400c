import type { CertificateView, RefusalReason } from '../../../src/portal/contract.ts';

export type Action =
  | 'download'
  | 'choose-another'
  | 'installed'
  | 'not-installed-yet'
  | 'file-lost'
  | 'check-again'
  | 'home'
  | 'sign-out';

/** Why somebody else has to act first; the page then shows whom to ask and with which words. */
export type Obstacle = 'phone-missing' | 'phone-held' | 'administrator';

export interface RefusalOffer {
  /** The one button that is the next step. */
  readonly primary: Action;
  /** Shown as links below it. */
  readonly secondary: readonly Action[];
  readonly obstacle: Obstacle | undefined;
}

/**
 * What a refusal page offers. `download` is of the certificate as it is now, which may have changed since the refusal:
 * another tab issued one, an administrator allowed a new one.
 */
export function refusalOffer(
  reason: RefusalReason,
  download: CertificateView['download'],
  presentedBefore: boolean,
): RefusalOffer {
  switch (reason) {
    case 'certificate-missing':
    case 'certificate-mismatch-none-issued':
    case 'certificate-expired':
      return offerDownload(download);
    case 'certificate-mismatch':
      return offer('choose-another', ['installed', 'not-installed-yet', 'file-lost']);
    case 'certificate-not-presented':
      // Never presented anywhere: the installation is under way. Otherwise the picker was cancelled, or this is
      // another computer.
      return presentedBefore
        ? offer('choose-another', ['installed', 'not-installed-yet', 'file-lost'])
        : offer('installed', ['choose-another', 'not-installed-yet', 'file-lost']);
    case 'certificate-revoked':
      // An administrator has allowed a new download since: entering again leads to it.
      return download === 'new' ? offer('home') : offer('sign-out', ['home'], 'administrator');
    case 'account-blocked':
    case 'certificate-suspended':
      return offer('sign-out', ['home'], 'administrator');
    case 'certificate-not-yet-valid':
      return offer('home');
  }
}

function offerDownload(download: CertificateView['download']): RefusalOffer {
  switch (download) {
    case 'new':
    case 'again':
      return offer('download');
    case 'file-gone':
      return offer('installed', ['not-installed-yet', 'file-lost']);
    case 'phone-missing':
      return offer('check-again', [], 'phone-missing');
    case 'phone-held':
      return offer('check-again', [], 'phone-held');
    case 'administrator':
      return offer('sign-out', ['home'], 'administrator');
  }
}

function offer(primary: Action, secondary: readonly Action[] = [], obstacle?: Obstacle): RefusalOffer {
  return { primary, secondary, obstacle };
}

/** The number a person reads out on the telephone: the section of the access document, then ours. */
export const REFUSAL_NUMBERS: Readonly<Record<RefusalReason, string>> = {
  'certificate-missing': '6.1',
  'certificate-mismatch-none-issued': '6.2',
  'certificate-mismatch': '6.3',
  'certificate-not-presented': '6.4',
  'certificate-revoked': '6.5',
  'certificate-expired': '6.6',
  'account-blocked': '6.7',
  'certificate-suspended': '6.8',
  'certificate-not-yet-valid': '6.9',
};
