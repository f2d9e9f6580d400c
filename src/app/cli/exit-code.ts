import type { ProblemCode } from '../../kernel/problem.ts';

/** Exit codes of the command line; `propusk --help` prints this table. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'failed; the message says why' },
  usage: { code: 2, meaning: 'the command was not understood' },
  configuration: { code: 3, meaning: 'the configuration, a secret or the data directory cannot be used' },
  refused: { code: 4, meaning: 'refused: not found, there already, or not possible in this state' },
  findings: { code: 5, meaning: 'a check was made and found something (audit verify, doctor)' },
} as const;
export type ExitName = keyof typeof EXIT_CODES;

const BY_PROBLEM: Partial<Record<ProblemCode, ExitName>> = {
  'configuration-invalid': 'configuration',
  'data-directory': 'configuration',
  'secret-unreadable': 'configuration',
  'sealed-data': 'configuration',
  'certificate-unusable': 'configuration',
  'port-in-use': 'configuration',
  'database-unavailable': 'configuration',
  'file-unreadable': 'usage',
  'pem-invalid': 'usage',
  'login-invalid': 'usage',
  'password-invalid': 'usage',
  'phone-invalid': 'usage',
  'account-exists': 'refused',
  'account-not-found': 'refused',
  'certificate-not-found': 'refused',
  'certificate-state': 'refused',
  'last-administrator': 'refused',
  'phone-missing': 'refused',
  'download-not-allowed': 'refused',
};

export function exitNameOf(problem: ProblemCode): ExitName {
  return BY_PROBLEM[problem] ?? 'failed';
}
