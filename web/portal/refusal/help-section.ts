import type { RefusalReason } from '../../../src/portal/contract.ts';
import { type GuideBrowser, type GuideSystem, isDesktop, type SectionId } from '../instructions/blocks.ts';

/** The section of the instructions that helps with a refusal; the short ones for telephones have fewer. */
export function helpSection(reason: RefusalReason, system: GuideSystem, browser: GuideBrowser): SectionId {
  switch (reason) {
    case 'certificate-missing':
    case 'certificate-mismatch-none-issued':
    case 'certificate-expired':
      return isDesktop(system) ? 'install' : 'import';
    case 'certificate-mismatch':
      if (!isDesktop(system)) return 'choose';
      return browser === 'firefox' ? 'decisions' : 'recognise';
    case 'certificate-not-presented':
      return isDesktop(system) ? 'no-window' : 'choose';
    case 'certificate-revoked':
    case 'account-blocked':
    case 'certificate-suspended':
    case 'certificate-not-yet-valid':
      return isDesktop(system) ? reason : 'phones';
  }
}
