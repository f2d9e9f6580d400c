import type { FailureCode } from '../../../src/console/dss/contract.ts';

export type FailureWords =
  | {
      readonly kind: 'connection';
      readonly title: 'title' | 'credentials';
      readonly advice: 'addressDo' | 'credentialsDo';
    }
  /** What happened has nothing to do with addresses or passwords. */
  | {
      readonly kind: 'own';
      readonly word:
        | 'declined'
        | 'expired'
        | 'too-many-attempts'
        | 'another-pending'
        | 'method-unsupported'
        | 'pin-wrong'
        | 'certificate-unusable'
        | 'signature-refused'
        | 'sign-in-over';
    };

/** The two known notifications are never mixed up: a wrong address is not a wrong password. */
export function wordsOf(failure: FailureCode): FailureWords {
  switch (failure) {
    case 'sign-in-failed':
      return { kind: 'connection', title: 'credentials', advice: 'credentialsDo' };
    case 'declined':
    case 'expired':
    case 'too-many-attempts':
    case 'another-pending':
    case 'method-unsupported':
    case 'pin-wrong':
    case 'certificate-unusable':
    case 'signature-refused':
    case 'sign-in-over':
      return { kind: 'own', word: failure };
    case 'address-invalid':
    case 'address-refused':
    case 'name-unknown':
    case 'unreachable':
    case 'tls-untrusted':
    case 'tls-certificate':
    case 'tls-gost':
    case 'too-slow':
    case 'not-a-dss':
    case 'server-error':
    case 'forbidden':
    case 'answer-unexpected':
      return { kind: 'connection', title: 'title', advice: 'addressDo' };
  }
}
