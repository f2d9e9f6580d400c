import { expect, test } from 'vitest';
import { describeDemo } from './describe-demo.ts';

const installation: Parameters<typeof describeDemo>[0]['installation'] = {
  folder: '/demo',
  configurationFile: '/demo/propusk.json',
  serverAuthorityFile: '/demo/server-ca.pem',
};

function linesWith(dssPhonesUrl: string): string {
  return describeDemo({
    installation,
    credentials: [],
    crmUrl: 'https://crm.propusk.localhost:8443/',
    portalUrl: 'https://id.propusk.localhost:8443/',
    phoneUrl: 'http://127.0.0.1:8088/',
    mailUrl: 'http://127.0.0.1:8025/',
    dssUrl: 'https://dss.propusk.localhost:8444',
    dssPhonesUrl,
  }).join('\n');
}

test('the demo prints a DSS login of each kind', () => {
  const lines = linesWith('http://127.0.0.1:8089/');
  for (const login of ['open', 'password', 'sim', 'mobile', 'sms', 'qr', 'choice']) {
    expect(lines).toMatch(new RegExp(`^ +${login} `, 'm'));
  }
  expect(lines).not.toContain('GOST certificates name');
});

test('at another port it says that the addresses in GOST certificates lead elsewhere', () => {
  expect(linesWith('http://127.0.0.1:9000/')).toContain(
    'Its GOST certificates name http://127.0.0.1:8089/ca/… for their lists and issuers',
  );
});
