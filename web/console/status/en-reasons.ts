import type { Translation } from '../../ui/translation.ts';
import type { ruReasons } from './ru-reasons.ts';

export const enReasons: Translation<typeof ruReasons> = {
  revoked: {
    title: 'Revoked',
    what: 'The authority revoked this certificate on {{at}}. It must not be used any more.',
    todo: 'Get a new certificate from whoever issued this one. If you did not ask for it, ask them why it was revoked.',
  },
  'on-hold': {
    title: 'Suspended',
    what: 'The authority suspended this certificate on {{at}}.',
    todo: 'Ask the authority when it will be resumed. Refresh the revocation list afterwards.',
  },
  'issuer-revoked': {
    title: 'The authority’s certificate is revoked',
    what: 'The certificate of the authority “{{culprit}}” was revoked on {{at}}. Nothing that it issued is valid any more.',
    todo: 'Get a new certificate: ask whoever issued it.',
  },
  'signature-wrong': {
    title: 'The signature does not match',
    what: 'The signature of the certificate “{{culprit}}” does not match the issuer’s key. The file is damaged or forged.',
    todo: 'Take the certificate again from a source you trust. If that does not help, ask the issuer.',
  },
  expired: {
    title: 'Expired',
    what: 'The certificate was valid until {{at}}.',
    todo: 'Get a new certificate from whoever issued this one. Keep the old one if documents were signed with it.',
  },
  'not-yet-valid': {
    title: 'Not valid yet',
    what: 'The certificate becomes valid on {{at}}.',
    todo: 'Wait until then. If that time has come already, tell the administrator: the server’s clock is wrong.',
  },
  'issuer-expired': {
    title: 'The authority’s certificate has expired',
    what: 'The certificate of the authority “{{culprit}}” is not valid: its date is {{at}}.',
    todo: 'Ask the issuer for the authority’s new certificate and import it.',
  },
  'signature-weak': {
    title: 'Weak signature',
    what: 'The certificate “{{culprit}}” is signed with an outdated algorithm ({{algorithm}}). Such a signature can be forged.',
    todo: 'Ask the issuer for a certificate with a modern algorithm.',
  },
  'issuer-not-allowed': {
    title: 'The issuer may not issue',
    what: 'The certificate “{{culprit}}” does not allow issuing other certificates.',
    todo: 'Show this to the issuer: the chain is wrong. The report for technical support has the details.',
  },
  'rules-broken': {
    title: 'Constraints are violated',
    what: 'The certificate “{{culprit}}” violates constraints set by an authority further up the chain.',
    todo: 'Show this to the issuer. The report for technical support has the details.',
  },
  'contents-unusable': {
    title: 'The contents cannot be read',
    what: 'The certificate “{{culprit}}” holds required information that cannot be read.',
    todo: 'Take the file again from a source you trust. If that does not help, ask the issuer.',
  },
  'issuer-missing': {
    title: 'The issuer’s certificate is missing',
    what: 'There is no certificate “{{issuer}}”, which issued “{{culprit}}”. Without it the signature cannot be checked.',
    todo: 'Press “Get the missing certificate”, or import it from a file.',
  },
  'issuer-unreachable': {
    title: 'The issuer’s certificate could not be fetched',
    what: 'The certificate “{{issuer}}” is missing and could not be fetched from {{url}}: {{category}}.',
    todo: 'Try again. If that does not help, download the certificate from the authority’s site and import it.',
  },
  'root-not-trusted': {
    title: 'The root certificate is not installed',
    what: 'The chain ends at “{{issuer}}”, but this root certificate is not installed as a trusted one.',
    todo: 'Compare its fingerprint with the authority’s site and install it. If in doubt, ask your administrator.',
  },
  'algorithm-unsupported': {
    title: 'Unsupported algorithm',
    what: 'The certificate “{{culprit}}” is signed with {{algorithm}}, which cannot be checked here.',
    todo: 'Check the certificate with a program that knows this algorithm, or ask the issuer.',
  },
  'list-expired': {
    title: 'The revocation list is out of date',
    what: 'The revocation list of “{{issuer}}” was valid until {{at}}. Whether the certificate is revoked now is unknown.',
    todo: 'Press “Refresh the revocation list”. If there is no newer one, ask the authority.',
  },
  'list-unreachable': {
    title: 'The revocation list could not be fetched',
    what: 'The revocation list could not be fetched from {{url}}: {{category}}.',
    todo: 'Press “Refresh the revocation list”. If that does not help, download the list from the authority’s site and import it.',
  },
  'list-missing': {
    title: 'No revocation list',
    what: 'There is no revocation list of “{{issuer}}” yet. Whether the certificate is revoked is unknown.',
    todo: 'Press “Refresh the revocation list”, or import the list from a file.',
  },
  'list-nowhere': {
    title: 'Nobody says where the revocation list is',
    what: 'The certificate does not say where to get the revocation list of “{{issuer}}”.',
    todo: 'Download the list from the authority’s site and import it.',
  },
  'responder-unreachable': {
    title: 'The status service did not answer',
    what: 'Whether “{{culprit}}” is revoked is said by the status service (OCSP) {{url}}, which did not answer: {{category}}.',
    todo: 'Ask it again. If that does not help, import a revocation list from the authority’s site.',
  },
  'responder-unknown': {
    title: 'The status service does not know the certificate',
    what: 'The status service (OCSP) answered that it does not know “{{culprit}}”.',
    todo: 'Ask the authority whether it issued this certificate. One that was issued just now may appear later.',
  },
  'responder-unusable': {
    title: 'The answer of the status service does not fit',
    what: 'The status service (OCSP) answered about “{{culprit}}”, but the answer cannot be relied on: its signature, its date or its signer’s rights do not fit.',
    todo: 'Ask it again, or import a revocation list. If that does not help, send a report to technical support.',
  },
  'responder-missing': {
    title: 'No answer of the status service yet',
    what: 'Whether “{{culprit}}” is revoked is said by the status service (OCSP); there is no answer yet.',
    todo: 'Wait a few seconds, or ask it again.',
  },
  'list-unusable': {
    title: 'The revocation list does not fit',
    what: 'There is a revocation list of “{{issuer}}”, but it cannot be trusted: its signature, dates or scope do not fit.',
    todo: 'Refresh the revocation list. If that does not help, send a report to technical support.',
  },
  'too-complex': {
    title: 'Too complex to check',
    what: 'This certificate has too many possible chains; checking was stopped.',
    todo: 'Delete certificates of authorities that you do not need and check again.',
  },
  'expires-soon': {
    title: 'Expires soon',
    what: 'The certificate is valid until {{at}}.',
    todo: 'Get a new certificate in time: ask whoever issued this one.',
  },
};
