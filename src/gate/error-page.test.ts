import { expect, test } from 'vitest';
import { preferredLanguage, renderErrorPage } from './error-page.ts';

test.each([
  [undefined, 'ru'],
  ['', 'ru'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['en;q=0.5,ru;q=0.9', 'ru'],
  ['de,en;q=0.3', 'en'],
  ['de', 'ru'],
  ['en;q=0, ru', 'ru'],
  ['en;q=abc', 'ru'],
  [`${'x,'.repeat(1_000)}en`, 'ru'],
])('%j prefers %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});

test('names and links are escaped', () => {
  const html = renderErrorPage('upstream-unreachable', 'en', {
    applicationName: '<script>$&"\'',
    link: '/"onclick="x',
  });
  expect(html).toContain('“&lt;script&gt;$&amp;&quot;&#39;” does not answer now');
  expect(html).toContain('href="/&quot;onclick=&quot;x"');
  expect(html).not.toContain('<script>');
});

test.each([
  ['ru', 'CRM «Обращения»', '<h1>«CRM „Обращения“» отвечает слишком долго</h1>'],
  ['ru', 'Обращения', '<h1>«Обращения» отвечает слишком долго</h1>'],
  ['en', 'CRM “Tickets”', '<h1>“CRM ‘Tickets’” takes too long to answer</h1>'],
  ['en', 'CRM «Обращения»', '<h1>“CRM «Обращения»” takes too long to answer</h1>'],
] as const)('in %s the marks of the name %s stand inside ours', (language, applicationName, heading) => {
  expect(renderErrorPage('upstream-timeout', language, { applicationName, link: '' })).toContain(heading);
});

test('both languages say the code that can be read out on the phone', () => {
  const options = { applicationName: 'CRM', link: '' };
  expect(renderErrorPage('database-unavailable', 'ru', options)).toContain(
    'Код для администратора: database-unavailable',
  );
  expect(renderErrorPage('database-unavailable', 'en', options)).toContain(
    'Code for the administrator: database-unavailable',
  );
});
