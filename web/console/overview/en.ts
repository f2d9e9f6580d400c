import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

export const en: Translation<typeof ru> = {
  nav: 'Overview',
  title: 'Overview',
  period: 'Period',
  periods: { day: 'A day', fortnight: 'Two weeks' },
  clock:
    'The clocks of the server and of this computer differ by {{minutes}} min. Find out which is wrong: the server’s decides whether a certificate has expired.',
  late: {
    title: 'The journal does not reach “{{receiver}}”: {{count}} events wait, the first one since {{since}}.',
    kept: 'Nothing is lost: the events stay in the journal and go out in order when the receiver answers. The option is journalDelivery, the check is propusk doctor.',
    waiting: 'The receiver answers but cannot keep up with the journal. See whether it is overloaded.',
    unreachable:
      'There is no connection. Check that the receiver runs, its address and port, and the firewall.',
    timeout:
      'The receiver does not answer in time. Look at its own log and at the port in the configuration.',
    tls: 'The receiver’s certificate is not trusted, or it offers no TLS. Check its name and caFile.',
    cut: 'The receiver breaks the connection. Look at its log; if it asks for our certificate, set certificateFile.',
    refused: 'The receiver refuses. Check the address, secretFile and authorizationFile.',
    'too-large': 'The receiver takes not even one event: raise its limit on the size of a request.',
    'server-error': 'The receiver has a fault of its own. Look at its log.',
  },
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
