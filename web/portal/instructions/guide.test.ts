import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REFUSAL_NUMBERS } from '../refusal/refusal-offer.ts';
import { en } from '../texts/en.ts';
import { ru } from '../texts/ru.ts';
import { ACCESS_DOCUMENT } from './access-document.ts';
import { type Block, GUIDE_SYSTEMS, type Guide, type GuideBrowser, SECTION_IDS } from './blocks.ts';
import { guide } from './guide.ts';
import { splitInline } from './inline.ts';
import { BROWSERS_OF } from './names.ts';
import { findReference, numberSections } from './number-sections.ts';
import { numberSteps } from './number-steps.ts';
import { DRAWN_PICTURES, pictureFile, TAKEN_PICTURES } from './picture-names.ts';

const LOCALES = ['ru', 'en'] as const;
const GUIDES = LOCALES.flatMap((locale) => GUIDE_SYSTEMS.map((system) => [locale, system] as const));
const DESKTOP_GUIDES = GUIDES.filter(([, system]) => system !== 'ios' && system !== 'android');

/** Every block, those of all browsers included. */
function allBlocks(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) =>
    block.kind === 'browsers' ? block.parts.flatMap((part) => allBlocks(part.blocks)) : [block],
  );
}

function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'steps':
      return block.steps;
    case 'list':
      return block.items;
    case 'picture':
      return [block.caption];
    case 'browsers':
      return [];
    default:
      return [block.text];
  }
}

const blocksOf = ({ intro, sections }: Guide) =>
  allBlocks([...intro, ...numberSections(sections).flatMap(({ section }) => section.blocks)]);

describe.each(GUIDES)('the instructions in %s for %s', (locale, system) => {
  const { title, intro, sections } = guide(locale, system);
  const numbered = numberSections(sections);
  const texts = blocksOf({ title, intro, sections }).flatMap(textsOf);

  test('have sections with texts, each with a number and an address of its own', () => {
    const ids = numbered.map(({ section }) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(numbered.map(({ number }) => number)).size).toBe(numbered.length);
    for (const { section } of numbered) {
      expect([section.id, section.blocks.length > 0 || (section.parts?.length ?? 0) > 0]).toEqual([
        section.id,
        true,
      ]);
    }
  });

  test('refer to sections that they have', () => {
    const references = texts.flatMap(splitInline).filter((part) => part.kind === 'reference');
    for (const { id } of references) expect(findReference(numbered, id).id).toBe(id);
    expect(texts.join()).not.toMatch(/\]\]\]|\[\[\[|\{\{|\}\}/);
  });

  test('are in one language', () => {
    const cyrillic = texts.filter((text) => /\p{Script=Cyrillic}/u.test(text));
    expect(cyrillic).toEqual(locale === 'ru' ? texts.filter((text) => !/^[\w\s,&-]+$/.test(text)) : []);
  });

  test('speak of the same things as those in the other language', () => {
    const other = guide(locale === 'ru' ? 'en' : 'ru', system);
    const shape = (one: Guide) =>
      blocksOf(one).map((block) => (block.kind === 'picture' ? block.picture : block.kind));
    const count = (kinds: readonly string[], kind: string) => kinds.filter((one) => one === kind).length;
    const [mine, theirs] = [shape({ title, intro, sections }), shape(other)];
    for (const kind of new Set([...mine, ...theirs])) {
      // English says in one step what Russian says in a sentence and the steps.
      if (kind === 'text') continue;
      expect([kind, count(mine, kind)]).toEqual([kind, count(theirs, kind)]);
    }
    expect(numbered.map(({ number, section }) => `${number} ${section.id}`)).toEqual(
      numberSections(other.sections).map(({ number, section }) => `${number} ${section.id}`),
    );
  });

  test('say something to every browser wherever browsers differ', () => {
    const choices = [...numbered.flatMap(({ section }) => section.blocks)].filter(
      (block) => block.kind === 'browsers',
    );
    for (const { parts } of choices) {
      const spokenTo = new Set<GuideBrowser>(parts.flatMap((part) => part.browsers));
      expect([...BROWSERS_OF[system]].filter((browser) => !spokenTo.has(browser))).toEqual([]);
    }
  });
});

describe.each(DESKTOP_GUIDES)('the long instructions in %s for %s', (locale, system) => {
  const numbered = numberSections(guide(locale, system).sections);

  test('have every section, the first seven with the numbers of the access document', () => {
    expect(numbered.map(({ section }) => section.id).toSorted()).toEqual([...SECTION_IDS].toSorted());
    const numberOf = (id: string) => numbered.find(({ section }) => section.id === id)?.number;
    expect(
      ['install', 'accounts', 'computers', 'replace', 'remove', 'messages', 'decisions'].map(numberOf),
    ).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect([
      numberOf('not-issued-several-browsers'),
      numberOf('not-issued-one-browser'),
      numberOf('issued-several-browsers'),
      numberOf('issued-one-browser'),
    ]).toEqual(['2.1.1', '2.1.2', '2.2.1', '2.2.2']);
    for (const [reason, number] of Object.entries(REFUSAL_NUMBERS)) expect(numberOf(reason)).toBe(number);
  });
});

describe('the words of the access document', () => {
  const numbered = numberSections(guide('ru', 'windows').sections);

  test.each(Object.entries(ACCESS_DOCUMENT))('stand in the section %s', (id, phrases) => {
    const section = numbered.find((entry) => entry.section.id === id)?.section;
    const said = allBlocks(section?.blocks ?? [])
      .flatMap(textsOf)
      .join('\n');
    expect(phrases?.filter((phrase) => !said.includes(phrase))).toEqual([]);
  });

  test('are as many as its sections', () => {
    expect(Object.values(ACCESS_DOCUMENT).flat().length).toBeGreaterThan(100);
  });
});

describe('the buttons of the pages', () => {
  test.each([
    ['ru', ru],
    ['en', en],
  ] as const)('have the same words in the instructions in %s', (locale, texts) => {
    const said = JSON.stringify(guide(locale, 'windows'));
    for (const label of [
      texts.certificate.download,
      texts.certificate.sendAgain,
      texts.certificate.wrongNumber,
      texts.certificate.formatTitle,
      texts.certificate.formatCompatible,
      texts.certificate.formatModern,
      texts.refusal.chooseAnother,
      texts.refusal.installed,
      texts.replace.act,
      texts.common.home,
      texts.common.signOut,
    ]) {
      expect(said).toContain(locale === 'ru' ? `«${label}»` : `“${label}”`);
    }
  });
});

describe('the way to the certificates of Firefox', () => {
  test.each(DESKTOP_GUIDES)(
    'in %s for %s is the same as on the page after a refusal, and asks no search field',
    (locale, system) => {
      const { firefox } = locale === 'ru' ? ru : en;
      const said = JSON.stringify(guide(locale, system));
      const quoted = locale === 'ru' ? /«[^»]+»/g : /“[^”]+”/g;
      const buttons = firefox.steps.manager.match(quoted) ?? [];
      expect(buttons.length).toBeGreaterThanOrEqual(5);
      expect(buttons.filter((button) => !said.includes(button))).toEqual([]);
      // Firefox 153 finds nothing for that word.
      expect(said).not.toMatch(/Find in Settings|Поиск в настройках/);
    },
  );
});

describe('the pictures', () => {
  const shown = new Set(
    GUIDES.flatMap(([locale, system]) => blocksOf(guide(locale, system))).flatMap((block) =>
      block.kind === 'picture' ? [block.picture] : [],
    ),
  );

  test('are all there, in both languages, and all shown', () => {
    const all = [...DRAWN_PICTURES, ...TAKEN_PICTURES];
    expect([...shown].toSorted()).toEqual(all.toSorted());
    for (const locale of LOCALES) {
      const missing = all.filter(
        (name) => !existsSync(resolve(import.meta.dirname, 'pictures', locale, pictureFile(name))),
      );
      expect(missing).toEqual([]);
    }
  });
});

test('steps go on after a picture and begin anew after a text', () => {
  const step = { kind: 'steps', steps: ['a', 'b'] } as const;
  const between = { kind: 'picture', picture: 'windows-search', caption: 'c' } as const;
  expect(numberSteps([step, between, step, { kind: 'text', text: 't' }, step])).toEqual([1, 3, 3, 1, 1]);
});
