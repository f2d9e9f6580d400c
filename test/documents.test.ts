import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS } from './layers/table.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', 'e2e/*.md', 'bench/*.md'], { cwd: root }).sort();

/** What a link or picture leads to, without addresses elsewhere and without the part behind #. */
function linksOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

/** Commands in blocks that are set in, without their comments. */
function commandsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^ {4}(\S.*)$/gm)].map((match) => (match[1] ?? '').replace(/\s+#.*$/, ''));
}

describe('the written pages', () => {
  test('are there', () => {
    expect(documents.length).toBeGreaterThanOrEqual(20);
  });

  test('link to files that exist', () => {
    const broken = documents.flatMap((document) =>
      linksOf(read(document))
        .filter((link) => !existsSync(join(root, dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test('name only targets that the Makefile has', () => {
    const targets = [...read('Makefile').matchAll(/^([a-z0-9]+):/gm)].map((match) => match[1]);
    expect(targets).toContain('demo');
    const unknown = documents.flatMap((document) =>
      [...read(document).matchAll(/(?:^ {4}|`)make ([a-z0-9]+)/gm)]
        .map((match) => match[1])
        .filter((target) => !targets.includes(target))
        .map((target) => `${document}: make ${target}`),
    );
    expect(unknown).toEqual([]);
  });

  test('README says the same in both languages: the same commands and the same links', () => {
    const english = read('README.md');
    const russian = read('README.ru.md');
    expect(commandsOf(english).length).toBeGreaterThanOrEqual(2);
    expect(commandsOf(russian)).toEqual(commandsOf(english));
    const others = (markdown: string) => linksOf(markdown).filter((link) => !link.startsWith('README'));
    expect(others(russian)).toEqual(others(english));
    const code = (markdown: string) =>
      [...markdown.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '').sort();
    expect([...new Set(code(russian))]).toEqual([...new Set(code(english))]);
  });

  test('the architecture page has a line for every folder of src/ that exists', () => {
    const page = read('docs/architecture.md');
    const folders = readdirSync(join(root, 'src'));
    expect(folders.length).toBeGreaterThanOrEqual(10);
    expect(folders.filter((folder) => !page.includes(`| \`src/${folder}\` |`))).toEqual([]);
    expect(folders.filter((folder) => !Object.hasOwn(LAYERS, folder))).toEqual([]);
  });

  test('the list of decisions names every decision', () => {
    const list = read('docs/decisions/README.md');
    const files = readdirSync(join(root, 'docs/decisions')).filter((file) => file !== 'README.md');
    expect(files.length).toBeGreaterThanOrEqual(14);
    expect(files.filter((file) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file))).toEqual([]);
    expect(files.filter((file) => !list.includes(`(${file})`))).toEqual([]);
    for (const file of files) {
      const text = read(`docs/decisions/${file}`);
      expect(text, file).toMatch(new RegExp(`^# ${file.slice(0, 4)}\\. `));
      for (const part of ['Context', 'Decision', 'Consequences', 'Alternatives']) {
        expect(text, file).toContain(`\n## ${part}\n`);
      }
    }
  });
});
