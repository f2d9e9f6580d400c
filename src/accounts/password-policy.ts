import type { Login } from '../kernel/login.ts';
import { loginKey } from '../kernel/login.ts';
import { ProblemError } from '../kernel/problem.ts';
import { isBreached } from './breached-passwords.ts';

/**
 * Ten: NIST SP 800-63B-4, section 3.1.1.2, asks for 8 where the password is one of two factors, as it is here (the
 * certificate is the other), and for 15 where it is the only one; it does open the portal alone, which is why not 8.
 * No rule about kinds of characters and no expiry, as the same section says.
 */
export const PASSWORD_MIN_CHARACTERS = 10;
/** UTF-8. A bound on the work before hashing, far above any passphrase. */
export const PASSWORD_MAX_BYTES = 1024;

const DISTINCT_MIN = 5;
/** A login shorter than this is inside of too many good passwords. */
const LOGIN_PART_MIN_CHARACTERS = 4;
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  'йцукенгшщзхъфывапролджэячсмитьбю',
];

/**
 * One password, one string: composed and decomposed letters of different keyboards and systems become the same
 * (NFC; RFC 8265, section 4.2.2, the OpaqueString profile).
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

export function isPasswordTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > PASSWORD_MAX_BYTES;
}

/**
 * Checks a password that somebody wants to set.
 *
 * @returns it as it is hashed
 * @throws {ProblemError} `password-invalid` with what is wrong
 */
export function checkNewPassword(password: string, login: Login): string {
  const normalised = normalisePassword(password);
  const characters = [...normalised];
  if (isPasswordTooLong(normalised)) throw invalid(`it has at most ${PASSWORD_MAX_BYTES} bytes`);
  if (characters.length < PASSWORD_MIN_CHARACTERS) {
    throw invalid(`it has at least ${PASSWORD_MIN_CHARACTERS} characters`);
  }
  if (/\p{Cc}/u.test(normalised)) throw invalid('it has no control characters');
  const folded = normalised.toUpperCase().toLowerCase();
  if (new Set(folded).size < DISTINCT_MIN)
    throw invalid(`it has at least ${DISTINCT_MIN} different characters`);
  const key = loginKey(login);
  if (key.length >= LOGIN_PART_MIN_CHARACTERS ? folded.includes(key) : folded === key) {
    throw invalid('it does not contain the login');
  }
  if (RUNS.some((run) => isInRun(folded, run)))
    throw invalid('it is not a row of neighbouring keys or letters');
  if (isBreached(folded)) throw invalid('it is not in the list of passwords that strangers try first');
  return normalised;
}

function isInRun(password: string, run: string): boolean {
  const backwards = [...run].reverse().join('');
  return run.repeat(2).includes(password) || backwards.repeat(2).includes(password);
}

function invalid(detail: string): ProblemError {
  return new ProblemError('password-invalid', { detail });
}
