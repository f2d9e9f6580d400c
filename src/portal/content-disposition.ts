/**
 * RFC 6266, section 4: the plain name in ASCII for everyone, the exact one in RFC 8187's form for those who know it.
 * Browsers that know both take the second.
 */
export function formatAttachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 8187, section 3.2.1: attr-char; encodeURIComponent leaves ' ( ) * as they are, which it is not.
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
