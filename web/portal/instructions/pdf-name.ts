import type { DesktopSystem } from './blocks.ts';

/** The stable address of the instructions as PDF, below `/instructions/`; also the name of the saved file. */
export function pdfName(system: DesktopSystem, locale: 'ru' | 'en'): string {
  return `propusk-${system}-${locale}.pdf`;
}
