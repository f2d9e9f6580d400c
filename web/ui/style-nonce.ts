/**
 * The nonce of this answer, from the element that the build puts into the page. The attribute is emptied by the browser
 * (HTML standard, "nonce hiding"); the property keeps it.
 */
export function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
