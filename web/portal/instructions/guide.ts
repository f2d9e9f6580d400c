import type { LocaleCode } from '../../../src/portal/contract.ts';
import type { Guide, GuideSystem } from './blocks.ts';
import { desktopGuideEn } from './en/guide-desktop.ts';
import { androidGuideEn, iosGuideEn } from './en/guide-phone.ts';
import { desktopGuideRu } from './ru/guide-desktop.ts';
import { androidGuideRu, iosGuideRu } from './ru/guide-phone.ts';

/** Everything there is to say about the certificate on one system: the one source of the page and of the PDF. */
export function guide(locale: LocaleCode, system: GuideSystem): Guide {
  switch (system) {
    case 'ios':
      return locale === 'ru' ? iosGuideRu : iosGuideEn;
    case 'android':
      return locale === 'ru' ? androidGuideRu : androidGuideEn;
    default:
      return locale === 'ru' ? desktopGuideRu(system) : desktopGuideEn(system);
  }
}
