/** A file to be saved (RFC 6266): its name in UTF-8 (RFC 8187), and in ASCII for what does not know that. */
export function attachmentHeaders(file: { readonly name: string; readonly mediaType: string }) {
  const ascii = file.name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(file.name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
  };
}
