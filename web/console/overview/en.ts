import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

export const en: Translation<typeof ru> = {
  nav: 'Overview',
  title: 'Overview',
  period: 'Period',
  periods: { day: 'A day', fortnight: 'Two weeks' },
  clock:
    'The clocks of the server and of this computer differ by {{minutes}} min. Find out which is wrong: the server’s decides whether a certificate has expired.',
  present: 'Signed in now',
  sessions: 'sessions: {{count}}',
  nobody: 'Nobody is signed in now.',
  accounts: 'Accounts',
  accountsBlocked: 'blocked: {{count}}',
  accountsWithout: 'without a certificate: {{count}}',
  certificates: 'Certificates',
  states: { active: 'active', expired: 'expired', suspended: 'suspended', revoked: 'revoked' },
  expiring: 'Ending soon',
  in7: 'within 7 days',
  in30: 'within 30 days: {{count}}',
  noneExpiring: 'Nothing ends within the next 30 days.',
  refusals: 'Refusals',
  refusalsTotal:
    'refusals: {{refusals}}, first entries into applications: {{entries}}, wrong passwords: {{failures}}',
  noRefusals: 'Nobody was refused in this time.',
  chart: 'Refusals over time, {{count}} in all',
  more: 'All refusals',
  columnWhen: 'Time',
  columnCount: 'Refusals',
  asTable: 'As numbers',
  messages: 'Messages',
  delivered: 'delivered',
  waiting: 'queued',
  failed: 'not delivered',
  failure: '{{category}}: {{count}}',
  allDelivered: 'None was left undelivered.',
};
