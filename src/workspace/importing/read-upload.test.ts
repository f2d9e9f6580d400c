import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeTestCertificates } from '../testing/test-certificates.ts';
import type { ImportItem } from './import-item.ts';
import { readUpload } from './read-upload.ts';

const made = makeTestCertificates();
/** The signature of an entry of the central directory (APPNOTE 4.3.12). */
const CENTRAL = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const text = (value: string) => new Uint8Array(Buffer.from(value));

function summary(name: string, bytes: Uint8Array, password?: string): readonly string[] {
  return readUpload({ name, bytes, password }).map((item) => `${item.file}: ${wordsOf(item)}`);
}

function wordsOf(item: ImportItem): string {
  switch (item.kind) {
    case 'certificate':
      return `${item.certificate.owner}${item.hasKey ? ' with key' : ''}`;
    case 'list':
      return `list of ${item.list.issuerName}`;
    case 'locked':
      return 'locked';
    case 'not-importable':
      return item.what;
  }
}

describe('what a person brings', () => {
  test('may be one certificate, several with text around them, a list, or a PKCS#7 with all', () => {
    expect(summary('a.cer', made.file('ivanov.cer'))).toEqual(['a.cer: Иванов Иван Иванович']);
    const several = `\ufeffСертификаты\r\n${Buffer.from(made.file('root.pem'))}\n—\n${Buffer.from(made.file('ivanov.pem'))}${Buffer.from(made.file('list.pem'))}`;
    expect(summary('a.txt', text(several))).toEqual([
      'a.txt: Корневой УЦ',
      'a.txt: Иванов Иван Иванович',
      'a.txt: list of Корневой УЦ',
    ]);
    expect(summary('a.p7b', made.file('all.p7b')).toSorted()).toEqual([
      'a.p7b: list of Корневой УЦ',
      'a.p7b: Иванов Иван Иванович',
      'a.p7b: Корневой УЦ',
    ]);
  });

  test.each(['compatible.pfx', 'modern.pfx'])(
    '%s opens with its password alone, and no key leaves it',
    (name) => {
      expect(summary(name, made.file(name))).toEqual([`${name}: locked`]);
      expect(summary(name, made.file(name), 'неверный')).toEqual([`${name}: locked`]);
      const items = readUpload({ name, bytes: made.file(name), password: 'верный' });
      expect(summary(name, made.file(name), 'верный')).toEqual([
        `${name}: Иванов Иван Иванович with key`,
        `${name}: Корневой УЦ`,
      ]);
      const key = Buffer.from(made.file('ivanov.key').toString(), 'latin1');
      expect(JSON.stringify(items)).not.toContain(key.subarray(60, 90).toString());
      for (const item of items)
        expect(Object.keys(item).sort()).toEqual(['certificate', 'file', 'hasKey', 'kind']);
    },
  );

  test('may be an archive, with a name that Windows wrote', () => {
    const archive = zipSync({
      'папка/иванов.cer': made.file('ivanov.cer'),
      '__MACOSX/x': text('x'),
      'key.pem': made.file('ivanov.key'),
      'inner.zip': zipSync({ 'root.cer': made.file('root.cer') }),
      'in.pfx': made.file('modern.pfx'),
    });
    expect(summary('a.zip', archive)).toEqual([
      'a.zip/папка/иванов.cer: Иванов Иван Иванович',
      'a.zip/key.pem: private-key',
      'a.zip/inner.zip: archive-in-archive',
      'a.zip/in.pfx: locked',
    ]);
    const ascii = Buffer.from(zipSync({ 'AAAA.cer': made.file('ivanov.cer') }));
    // «ИВАН» in code page 866, in both headers.
    const windows = Buffer.from(ascii.toString('latin1').replaceAll('AAAA', '\x88\x82\x80\x8d'), 'latin1');
    expect(summary('a.zip', windows)).toEqual(['a.zip/ИВАН.cer: Иванов Иван Иванович']);
  });

  test('is named where it is no certificate', () => {
    const cases: readonly (readonly [string, Uint8Array, string])[] = [
      ['a.req', made.file('leaf.csr'), 'certification-request'],
      ['a.key', made.file('ivanov.key'), 'private-key'],
      ['a.cer', text('<!DOCTYPE html><html><body>404'), 'html'],
      ['a.cer', text(''), 'empty'],
      ['a.txt', text('Сертификат прилагаю'), 'text'],
      ['a.pdf', text('%PDF-1.7'), 'pdf'],
      ['a.cer', made.file('ivanov.cer').subarray(0, 200), 'unknown'],
    ];
    for (const [name, bytes, what] of cases) expect(summary(name, bytes)).toEqual([`${name}: ${what}`]);
  });

  test('may have a name that would turn the line round', () => {
    expect(summary('a\u202egpj.cer', made.file('ivanov.cer'))[0]).toContain('a[U+202E]gpj.cer');
  });
});

describe('an archive of somebody who means harm', () => {
  test('with more than 128 MB inside is not unpacked', () => {
    const names = ['a', 'b', 'c'];
    const bomb = Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(1000)]))));
    // 50 MB each in the central directory (APPNOTE 4.3.12), as a real one would have.
    for (let at = bomb.indexOf(CENTRAL); at >= 0; at = bomb.indexOf(CENTRAL, at + 1)) {
      bomb.writeUInt32LE(50e6, at + 24);
    }
    expect(summary('bomb.zip', new Uint8Array(bomb))).toEqual(['bomb.zip: archive-too-large']);
  });

  test('that lies about the size of a file gets no more than it announced', () => {
    const lying = Buffer.from(zipSync({ a: new Uint8Array(5e6) }, { level: 6 }));
    // The uncompressed size in the central directory (APPNOTE 4.3.12).
    lying.writeUInt32LE(16, lying.indexOf(CENTRAL) + 24);
    const started = performance.now();
    expect(summary('a.zip', new Uint8Array(lying))).toEqual(['a.zip/a: unknown']);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('with thousands of files, encrypted, cut off or empty is refused with what it is', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1001 }, (_, index) => [`${index}`, new Uint8Array()]),
    );
    expect(summary('a.zip', zipSync(many))).toEqual(['a.zip: archive-too-large']);
    const encrypted = zipSync({ a: text('x') });
    encrypted[6] = 1;
    expect(summary('a.zip', encrypted)).toEqual(['a.zip: archive-encrypted']);
    expect(summary('a.zip', zipSync({ a: text('xxxxxxxx') }).subarray(0, 30))).toEqual([
      'a.zip: archive-damaged',
    ]);
    expect(summary('a.zip', zipSync({ 'a/': new Uint8Array() }))).toEqual(['a.zip: archive-empty']);
  });

  test('damaged anywhere, none of the files throws or takes long', () => {
    const files = ['all.p7b', 'modern.pfx', 'compatible.pfx', 'list.crl', 'ivanov.cer', 'root.pem'];
    const archive = zipSync(Object.fromEntries(files.map((name) => [name, made.file(name)])), { level: 0 });
    const started = performance.now();
    let seed = 7;
    for (let round = 0; round < 150; round += 1) {
      const damaged = Uint8Array.from(
        round % 3 === 0 ? archive : made.file(files[round % files.length] ?? ''),
      );
      for (let flip = 0; flip < 3; flip += 1) {
        seed = (seed * 1103515245 + 12345) % 2 ** 31;
        damaged[seed % damaged.length] = (seed >> 8) & 0xff;
      }
      expect(Array.isArray(readUpload({ name: 'x', bytes: damaged, password: 'верный' }))).toBe(true);
    }
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
