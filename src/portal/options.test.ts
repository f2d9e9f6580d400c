import { expect, test } from 'vitest';
import type { ApplicationId } from '../kernel/brand.ts';
import { returnUrlOf } from './options.ts';

const crm = {
  id: 'crm' as ApplicationId,
  name: 'CRM',
  origins: ['https://crm.example:8443'],
  homePath: '/tickets',
} as const;

test.each([
  ['/tickets/7?sort=date', 'https://crm.example:8443/tickets/7?sort=date'],
  ['/', 'https://crm.example:8443/'],
  [undefined, 'https://crm.example:8443/tickets'],
  ['', 'https://crm.example:8443/tickets'],
  ['//evil.example/', 'https://crm.example:8443/tickets'],
  ['/\\evil.example/', 'https://crm.example:8443/tickets'],
  ['https://evil.example/', 'https://crm.example:8443/tickets'],
  ['javascript:alert(1)', 'https://crm.example:8443/tickets'],
  ['@evil.example', 'https://crm.example:8443/tickets'],
])('the way back for %j is %s', (returnPath, url) => {
  expect(returnUrlOf(crm, returnPath)).toBe(url);
});
