import { describe, expect, test } from 'vitest';
import { installSteps } from './install-steps.ts';

const names = { file: 'ivanov-2026-11-22.pfx', subject: 'ivanov' };
const COMBINATIONS = (['ru', 'en'] as const).flatMap((locale) =>
  (['windows', 'macos', 'linux'] as const).flatMap((system) =>
    (['chromium', 'firefox'] as const).map((family) => [locale, system, family] as const),
  ),
);

describe('the steps of the installation', () => {
  test.each(COMBINATIONS)('%s, %s, %s: four or five, all filled in', (locale, system, family) => {
    const steps = installSteps(locale, system, family, names);
    expect([4, 5]).toContain(steps.length);
    expect(steps.join('\n')).not.toMatch(/\{\{|\}\}/);
    expect(steps.join('\n')).toContain(names.file);
    expect(steps.join('\n')).toContain('SMS');
  });

  test("use the wizard's own words on Windows", () => {
    const text = installSteps('ru', 'windows', 'chromium', names).join('\n');
    for (const word of ['«Текущий пользователь»', '«Далее»', '«Готово»', 'Имя файла', 'по умолчанию']) {
      expect(text).toContain(word);
    }
    expect(text.match(/«Далее»/g)).toHaveLength(4);
  });

  test.each([
    ['ru', 'Дополнительные настройки', 'Управление сертификатами', 'Просмотр сертификатов'],
    ['en', 'Advanced settings', 'Manage certificates', 'View Certificates'],
  ] as const)('name the buttons of Firefox in %s, today’s before the former', (locale, ...buttons) => {
    const text = installSteps(locale, 'windows', 'firefox', names).join('\n');
    const places = buttons.map((button) => text.indexOf(button));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });
});
