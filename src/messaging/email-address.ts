import { domainToASCII } from 'node:url';
import type { EmailAddress } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';

/** RFC 5321, section 4.5.3.1. */
const LOCAL_MAX_CHARACTERS = 64;
const ADDRESS_MAX_CHARACTERS = 254;
/** RFC 5322, section 3.2.3: a dot-atom. Quoted local parts are correct too, and mostly a mistake. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Reads an address: `ivanov@company.example`, without a name. A domain in other letters is kept in its ASCII form
 * (`почта@…` before the @ is refused: many mail servers do not know RFC 6531).
 *
 * @throws {ProblemError} `email-invalid` with what is wrong and an example
 */
export function parseEmailAddress(input: string): EmailAddress {
  const text = input.trim();
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > ADDRESS_MAX_CHARACTERS) {
    throw invalid('write it like ivanov@company.example');
  }
  const local = text.slice(0, at);
  if (local.length > LOCAL_MAX_CHARACTERS || !LOCAL.test(local)) {
    throw invalid('before the @ stand Latin letters, digits and marks like . - _ only, for example ivanov.i');
  }
  const domain = domainToASCII(text.slice(at + 1));
  if (!DOMAIN.test(domain)) throw invalid('after the @ stands a domain, for example company.example');
  return `${local}@${domain}` as EmailAddress;
}

function invalid(detail: string): ProblemError {
  return new ProblemError('email-invalid', { detail });
}
