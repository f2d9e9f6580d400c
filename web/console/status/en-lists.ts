import type { Translation } from '../../ui/translation.ts';
import type { ruLists, ruRevocationReasons } from './ru-lists.ts';

export const enLists: Translation<typeof ruLists> = {
  search: 'Look into the list',
  serial: 'Serial number',
  serialHint: 'As in the certificate: with spaces, colons or without.',
  find: 'Find',
  notANumber:
    'This is no serial number: there are only digits and letters from A to F in one. Copy it from the certificate’s card.',
  listed: 'On the list: revoked',
  since: 'since {{at}}',
  reason: 'Reason: {{reason}}',
  entryIssuer: 'Issuer: {{issuer}}',
  notListed: 'Not on the list',
  notListedText:
    'Number {{serial}} is not on this list. That holds for the day of the list and for certificates of its issuer only.',
  removed: 'No longer revoked',
  removedText: 'The hold of {{at}} was lifted.',
  mine: 'Which of my certificates it concerns',
  none: 'You have no certificates of this issuer.',
  ofIssuer_one: 'You have {{count}} certificate of this issuer.',
  ofIssuer_few: 'You have {{count}} certificates of this issuer.',
  ofIssuer_many: 'You have {{count}} certificates of this issuer.',
  ofIssuer_other: 'You have {{count}} certificates of this issuer.',
  noneRevoked: 'None of them is revoked.',
  revoked_one: '{{count}} is revoked.',
  revoked_few: '{{count}} are revoked.',
  revoked_many: '{{count}} are revoked.',
  revoked_other: '{{count}} are revoked.',
  issuer: 'Issuer in full',
  aboutTitle: 'What it is about',
  about: {
    all: 'all certificates of the issuer',
    'user-certificates': 'certificates of people',
    'ca-certificates': 'certificates of authorities',
    'attribute-certificates': 'attribute certificates',
  },
  base: 'Goes with the complete list number',
};

export const enRevocationReasons: Translation<typeof ruRevocationReasons> = {
  unspecified: 'not given',
  keyCompromise: 'others may have the key',
  cACompromise: 'the authority was compromised',
  affiliationChanged: 'the owner’s details changed',
  superseded: 'replaced by another',
  cessationOfOperation: 'no longer needed',
  certificateHold: 'on hold',
  privilegeWithdrawn: 'a right was withdrawn',
  aACompromise: 'the attribute authority was compromised',
};
