import type { Brand } from './brand.ts';
import { ProblemError } from './problem.ts';

/** A login as its owner writes it, in NFC. */
export type Login = Brand<string, 'Login'>;
/** The case-folded form by which logins are unique and looked up. */
export type LoginKey = Brand<string, 'LoginKey'>;

export const LOGIN_MAX_CHARACTERS = 64;

/**
 * Letters of one script, digits, and `. _ - @` between them. One script per login keeps look-alikes apart
 * (Cyrillic «а» and Latin "a"; UTS #39, section 5.1, "Single Script"). No character of RFC 4514's specials,
 * no control and no bidi character can occur, so a login is safe in a subject's CN, a file name and a picker.
 */
const PATTERN = /^(?=[\p{L}\p{N}])(?:[\p{L}\p{M}\p{N}]|[._@-](?=[\p{L}\p{N}])){1,64}$/u;
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
];

/** @throws {ProblemError} `login-invalid` with what is wrong with it. */
export function parseLogin(input: string): Login {
  const login = input.normalize('NFC').trim();
  if ([...login].length > LOGIN_MAX_CHARACTERS) {
    throw new ProblemError('login-invalid', {
      detail: `a login has at most ${LOGIN_MAX_CHARACTERS} characters`,
    });
  }
  if (!PATTERN.test(login)) {
    throw new ProblemError('login-invalid', {
      detail:
        'a login has letters and digits, with . _ - @ between them, and begins and ends with a letter or digit',
    });
  }
  // Wide and other compatibility forms look like the ordinary letters (UTS #39, section 3.1.1, "not NFKC").
  // The Armenian «և» is one of them by its decomposition only: it is an everyday letter.
  const ordinary = login.replaceAll('\u0587', '');
  if (ordinary !== ordinary.normalize('NFKC')) {
    throw new ProblemError('login-invalid', {
      detail: 'the letters of a login are written in their ordinary form, not wide, joined or raised',
    });
  }
  // Decimal digits other than 0-9 look like letters or other digits; one alphabet is enough.
  if (/[^0-9\P{N}]/u.test(login)) {
    throw new ProblemError('login-invalid', { detail: 'the digits of a login are 0 to 9' });
  }
  const letters = [...login].filter((character) => /\p{L}/u.test(character));
  const scripts = SCRIPTS.filter((script) => letters.some((letter) => script.test(letter)));
  const known = letters.every((letter) => SCRIPTS.some((script) => script.test(letter)));
  if (scripts.length > 1 || !known) {
    throw new ProblemError('login-invalid', { detail: 'the letters of a login belong to one alphabet' });
  }
  return login as Login;
}

export function loginKey(login: Login): LoginKey {
  // toLowerCase after toUpperCase folds ß/ẞ and final sigma the same way on both sides of a comparison.
  return login.toUpperCase().toLowerCase().normalize('NFC') as LoginKey;
}

/** True where the login can stand in a file name and a header as it is. */
export function isAsciiLogin(login: Login): boolean {
  return /^[\x21-\x7e]+$/.test(login);
}
