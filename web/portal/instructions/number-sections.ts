import type { Section, SectionId } from './blocks.ts';

export interface NumberedSection {
  readonly number: string;
  /** 1 for the outermost. */
  readonly level: number;
  readonly section: Section;
}

/** All sections in reading order with the numbers of their places: 2, 2.1, 2.1.1. */
export function numberSections(sections: readonly Section[], before = ''): readonly NumberedSection[] {
  return sections.flatMap((section, index) => {
    const number = `${before}${index + 1}`;
    return [
      { number, level: number.split('.').length, section },
      ...numberSections(section.parts ?? [], `${number}.`),
    ];
  });
}

export interface SectionReference {
  readonly id: SectionId;
  readonly number: string;
  readonly title: string;
}

/** @throws TypeError when a text refers to a section that the guide does not have */
export function findReference(sections: readonly NumberedSection[], id: string): SectionReference {
  const found = sections.find(({ section }) => section.id === id);
  if (found === undefined) throw new TypeError(`no section ${id} in this guide`);
  return { id: found.section.id, number: found.number, title: found.section.title };
}
