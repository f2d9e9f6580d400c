import { expect, test } from 'vitest';
import { configurationSchema } from '../configuration/schema.ts';
import { checkAccountMenu } from './check-account-menu.ts';

const values = configurationSchema.parse({
  dataDirectory: '/data',
  secretFile: '/secret',
  listen: { port: 8443 },
  tls: {},
  portal: { host: 'id.example.org' },
  applications: [{ id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' }],
  administratorContact: 'Anna, 12-34',
  sms: { kind: 'none' },
});
const [crm] = values.applications;
if (crm === undefined) throw new TypeError('there is an application');

const check = (policy?: string, accountMenu = true) =>
  checkAccountMenu(
    { ...crm, accountMenu },
    values,
    new Headers(policy === undefined ? {} : { 'content-security-policy': policy }),
  );

test.each([
  ['no policy', undefined],
  ['own origin', "default-src 'self'"],
  ['the host with its port', 'default-src https://crm.example.org:8443'],
])('the menu is allowed: %s', (_name, policy) => {
  expect(check(policy)).toMatchObject({ status: 'good' });
});

test('a policy that keeps the menu out is named, with what to do', () => {
  expect(check("default-src 'self'; script-src https://cdn.example.org")).toEqual({
    check: 'account menu in crm',
    status: 'warning',
    finding: 'kept out by the application’s content security policy: script-src https://cdn.example.org',
    advice: expect.stringContaining("script-src 'self'"),
  });
});

test('a menu that is switched off needs no policy', () => {
  expect(check("default-src 'none'", false)).toMatchObject({ status: 'good' });
});
