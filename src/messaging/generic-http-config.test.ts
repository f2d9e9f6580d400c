import { describe, expect, test } from 'vitest';
import { createGenericHttpTransport } from './generic-http.ts';
import type { GenericHttpSmsConfig } from './generic-http-config.ts';

const good: GenericHttpSmsConfig = {
  method: 'POST',
  url: 'https://sms.example/send',
  body: { format: 'json', template: { to: '{phone}', text: '{text}' } },
  success: { statuses: [200] },
};

describe('the description of a gateway', () => {
  test.each<[string, Partial<GenericHttpSmsConfig>]>([
    ['https', {}],
    ['http to this machine', { url: 'http://127.0.0.1:8085/send' }],
    ['http to this machine by name', { url: 'http://localhost:8085/send' }],
    [
      'the number in the address',
      { url: 'https://sms.example/to/{phoneDigits}', body: { format: 'form', fields: { text: '{text}' } } },
    ],
    ['braces in a header', { headers: { authorization: 'Bearer {anything}' } }],
    ['a range of statuses', { success: { statuses: [{ from: 200, to: 204 }, 207] } }],
  ])('may have %s', (_name, change) => {
    expect(() => createGenericHttpTransport({ ...good, ...change })).not.toThrow();
  });

  test.each<[string, Partial<GenericHttpSmsConfig>, string]>([
    ['no address', { url: 'sms.example/send' }, 'url: not an absolute address'],
    ['a relative address', { url: '/send' }, 'url: not an absolute address'],
    ['http to elsewhere', { url: 'http://sms.example/send' }, 'url: needs https'],
    [
      'http to a name that only begins like this machine',
      { url: 'http://localhost.example/' },
      'url: needs https',
    ],
    ['a file', { url: 'file:///etc/passwd' }, 'url: needs https'],
    [
      'a password in the address',
      { url: 'https://me:secret@sms.example/' },
      'url: holds a login or password',
    ],
    [
      'the text in the address',
      { url: 'https://sms.example/?mes={text}' },
      'url: {text} may stand in the body only',
    ],
    [
      'the host chosen by the number',
      { url: 'https://{phoneDigits}.example/' },
      'url: a placeholder may not stand in the host',
    ],
    [
      'a misspelt placeholder in the address',
      { url: 'https://sms.example/{phon}' },
      'unknown placeholder {phon}',
    ],
    [
      'a misspelt placeholder in the body',
      { body: { format: 'json', template: [{ to: '{phone}', text: '{Text}' }] } },
      'unknown placeholder {Text}; known are {phone} {phoneDigits} {text} {id}',
    ],
    ['no text', { body: { format: 'form', fields: { to: '{phone}' } } }, 'body: {text} stands nowhere'],
    [
      'no number',
      { body: { format: 'form', fields: { text: '{text}' } } },
      'body: neither {phone} nor {phoneDigits}',
    ],
    [
      'the text in the name of a member',
      { body: { format: 'json', template: { '{text}': '{phone}' } } },
      'body: {text} stands nowhere',
    ],
    ['no status', { success: { statuses: [] } }, 'success.statuses: name at least one status'],
    ['a status that is none', { success: { statuses: [20] } }, 'success.statuses: 20 to 20 is no range'],
    [
      'a range upside down',
      { success: { statuses: [{ from: 299, to: 200 }] } },
      'success.statuses: 299 to 200 is no range',
    ],
    [
      'a wildcard path',
      { success: { statuses: [200], answer: { path: '*', exists: true } } },
      '"*" is no path',
    ],
    [
      'a rule about nothing',
      { failures: [{ category: 'balance', outcome: 'permanent' }] },
      'failures: a rule needs',
    ],
    [
      'a bad path in a rule',
      { failures: [{ answer: { path: 'a..b', exists: true }, category: 'balance', outcome: 'permanent' }] },
      '"a..b" is no path',
    ],
    ['a bad path to the id', { gatewayIdPath: 'a[0]' }, '"a[0]" is no path'],
  ])('may not have %s', (_name, change, detail) => {
    expect(() => createGenericHttpTransport({ ...good, ...change })).toThrow(
      expect.objectContaining({ code: 'configuration-invalid', detail: expect.stringContaining(detail) }),
    );
  });

  test('is refused without repeating a secret', () => {
    try {
      createGenericHttpTransport({ ...good, url: 'https://me:s3cret@sms.example/' });
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
