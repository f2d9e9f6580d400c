/** Addresses that are written into certificates: absolute http or https URLs in ASCII (RFC 5280, 4.2.1.13, 4.2.2.1). */
import { ProblemError } from '../../kernel/problem.ts';

export function checkAddress(url: string, option: string): string {
  const parsed = /^https?:\/\/[\x21-\x7e]+$/.test(url) ? URL.parse(url) : null;
  if (parsed?.username !== '' || parsed.hash !== '') {
    throw new ProblemError('certificate-unusable', {
      detail: `${option}: an absolute http or https address in ASCII is expected, not "${url}"`,
    });
  }
  return url;
}
