import { ProblemError } from '../kernel/problem.ts';

/**
 * The address of a gateway, whole or with placeholders in path and query.
 *
 * @throws {ProblemError} `configuration-invalid`
 */
export function checkGatewayUrl(template: string): void {
  const url = URL.parse(template);
  if (!url) throw invalid('not an absolute address');
  // The URL standard lets braces stand in a host; a number must never choose where the message goes.
  if (url.host.includes('{')) throw invalid('a placeholder may not stand in the host');
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw invalid('needs https (http only to this machine), because messages hold passwords');
  }
  if (url.username || url.password) {
    throw invalid('holds a login or password; put it into an Authorization header');
  }
}

function invalid(detail: string): ProblemError {
  return new ProblemError('configuration-invalid', { detail: `SMS gateway, url: ${detail}` });
}
