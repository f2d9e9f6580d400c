import type { LocaleCode } from '../../../src/portal/contract.ts';
import type { DesktopSystem } from '../../ui/system-pictogram.tsx';
import type { Section } from './blocks.ts';
import { guideEn } from './guide-en.ts';
import { guideRu } from './guide-ru.ts';

/** Everything there is to say about the certificate on one system, in the reader's language. */
export function guide(locale: LocaleCode, system: DesktopSystem): readonly Section[] {
  return locale === 'ru' ? guideRu(system) : guideEn(system);
}
