import { acceptReadableOnly } from './content-coding.ts';
import { unmarkEntityTags } from './page-validator.ts';

/** What a request for a page becomes on its way to the application. */
export interface PageRequest {
  readonly headers: string[];
  /** It asks whether our own representation is still good. */
  readonly isRevalidation: boolean;
}

/**
 * Undefined: no page that people will see as a whole. Only the browser itself can say so (Fetch Metadata): a frame, a
 * fragment for a script, a download manager and everything that does not say what it is for are left alone. A part
 * of a page (Range) is left alone as well.
 *
 * @param headers names and values in turn
 */
export function readPageRequest(
  method: string,
  destination: string | undefined,
  headers: readonly string[],
  version: string,
): PageRequest | undefined {
  if (destination !== 'document' || (method !== 'GET' && method !== 'HEAD')) return undefined;
  const kept: string[] = [];
  let isRevalidation = false;
  let dropModifiedSince = false;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    switch (name.toLowerCase()) {
      case 'range':
        return undefined;
      case 'accept-encoding':
        kept.push(name, acceptReadableOnly(value) ?? value);
        break;
      case 'if-none-match': {
        const own = unmarkEntityTags(value, version);
        if (own === undefined) dropModifiedSince = true;
        else {
          kept.push(name, own);
          isRevalidation = true;
        }
        break;
      }
      default:
        kept.push(name, value);
    }
  }
  // RFC 9110, section 13.1.3: it had no say beside If-None-Match, and must not get one now.
  return { headers: dropModifiedSince ? without(kept, 'if-modified-since') : kept, isRevalidation };
}

function without(headers: readonly string[], dropped: string): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== dropped);
}
