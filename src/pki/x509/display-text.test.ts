import { describe, expect, it } from 'vitest';
import { displayText } from './display-text.ts';

describe('text from certificates as people see it', () => {
  it('leaves letters of every script as they are', () => {
    for (const text of ['Иванов Иван Иванович', 'ООО «Ромашка»', 'Zoë O’Neil', '山田太郎', 'محمد'])
      expect(displayText(text)).toBe(text);
  });

  it('shows what would turn the line round, hide or end it', () => {
    expect(displayText('bank\u202Emoc.xunil')).toBe('bank[U+202E]moc.xunil');
    expect(displayText('\u2066a\u2069\u200f\u061c')).toBe('[U+2066]a[U+2069][U+200F][U+061C]');
    expect(displayText('one\u0000two\r\nthree\u2028')).toBe('one[U+0000]two[U+000D][U+000A]three[U+2028]');
    expect(displayText('a\u200bb\ufeffc\u00add\u3164e\u2800')).toBe(
      'a[U+200B]b[U+FEFF]c[U+00AD]d[U+3164]e[U+2800]',
    );
    expect(displayText('\ud800\u{e0041}')).toBe('[U+D800][U+E0041]');
  });

  it('ends after 512 characters', () => {
    expect(displayText('ё'.repeat(513))).toBe(`${'ё'.repeat(512)}…`);
    expect(displayText('😀'.repeat(512))).toBe('😀'.repeat(512));
    expect(displayText('😀'.repeat(600))).toBe(`${'😀'.repeat(512)}…`);
  });
});
