import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

export const en: Translation<typeof ru> = {
  nav: 'CA',
  title: 'Certification authority',
  lead: 'Who signs certificates, where the keys are, whether the revocation lists are fresh, and what ends soon.',
  columns: {
    name: 'Name',
    state: 'State',
    until: 'Valid until',
    key: 'Key',
    list: 'Revocation list',
    certificates: 'Certificates',
  },
  roles: { root: 'root', issuing: 'issuing' },
  states: {
    signs: 'Signs',
    root: 'Root of trust',
    retired: 'Replaced',
    retiredReason: 'signs no new ones; its certificates stay good until they end',
    ended: 'Ended',
  },
  keyHere: 'in the database, encrypted',
  keyAway: 'not on the server',
  list: 'no. {{number}} until {{until}}',
  listOverdue: 'no. {{number}}, late',
  listNone: 'none yet',
  requested: 'Waits for a certificate since {{at}}',
  requestedText:
    'The request for an issuing authority is ready. When the company’s root has signed it, install it on the server with this command:',
  rotate: 'How to replace the issuing authority',
  rotateText:
    'Done on the server and not here: signing takes the root’s key, which must not pass through a browser. Certificates of the former one stay good until they end, browsers are offered both names, nobody loses access. No restart is needed.',
  corporateText: 'If a root of your company signs: first the request, then the signed certificate.',
  looked: 'To check the result:',
  commands: {
    request: 'propusk ca request --out request.pem',
    install: 'propusk ca install --certificate issuing.pem --chain root.pem',
  },
  server: 'The server’s certificate',
  serverUntil: 'Valid until',
  serverHosts: 'Names that are served',
  responder: 'Answers about certificates (OCSP)',
  responderStates: { answers: 'Answers', silent: 'Does not answer', none: 'Not set up on this machine' },
  address: 'Address',
  subject: 'Name in the certificate',
  serial: 'Serial number',
  fingerprint: 'SHA-256 fingerprint',
  from: 'Valid from',
  listAddress: 'Address of the list',
  gone: 'There is no such authority',
  fine: 'All is well',
  fineText: 'Nothing ends that would have to be thought of now; the revocation lists are fresh.',
  warnings: {
    'issuer-ends-soon':
      '{{subject}} ends {{at}}. It has to be replaced before: certificates cannot outlive their authority.',
    'issuer-ended':
      '{{subject}} ended {{at}}. No new certificates are issued. On the server: propusk ca rotate.',
    'root-key-here':
      'The key of the root {{subject}} is in the database. In production it leaves the server: propusk init does that.',
    'list-overdue':
      'The revocation list of {{subject}} is not renewed; it is good until {{at}}. Look at the server’s log and at the disk.',
    'server-certificate-ends-soon':
      'The server’s certificate ends {{at}}. After that browsers let nobody in: put a new file in place and restart the server.',
    'server-certificate-ended':
      'The server’s certificate ended {{at}}. Put a new file in place and restart the server.',
    'responder-silent':
      'The OCSP service does not answer. Check that the listener without TLS runs: propusk doctor.',
  },
};
