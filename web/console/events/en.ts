import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

export const en: Translation<typeof ru> = {
  nav: 'Events',
  title: 'Events',
  bell: 'Events',
  unread: 'unread: {{count}}',
  close: 'Close',
  toJournal: 'Open the journal',
  readAll: 'Mark all as read',
  read: 'Mark as read',
  isNew: 'New',
  earlier: 'Read',
  empty: 'No events',
  emptyText:
    'What you need to know appears here: dates, revocations, errors. A message stays until you have read it.',
  times: '{{count}} times',
  open: 'Open the certificate',
  replace: 'Replace',
  health: 'Open “Health”',
  kinds: {
    expiresAccess: 'The certificate for signing in is valid until {{at}}. Replace it in time.',
    expires: 'A personal certificate is valid until {{at}}. Get a new one in time from whoever issued it.',
    revoked: 'Your certificate “{{name}}” is in a revocation list. It must not be used any more.',
    status: 'The certificate “{{name}}” does not count as valid any more.',
    fetchFailed: 'The address {{url}} from a certificate could not be asked: {{category}}.',
  },
};
