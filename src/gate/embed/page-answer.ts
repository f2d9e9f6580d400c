import type { ResponseFields } from '../proxy/response-headers.ts';
import { type Coding, readCoding } from './content-coding.ts';
import { markEntityTag } from './page-validator.ts';

/** Encodings in which ASCII's octets mean nothing else, so that `<` is `<`: not UTF-16, not ISO-2022. */
const ASCII_COMPATIBLE =
  /^(?:utf-?8|(?:us-)?ascii|iso-?8859-?\d{1,2}(?:-[ei])?|latin-?\d|windows-?\d{3,4}|cp-?125\d|(?:cp|ibm)-?866|koi8-?[ru]?|(?:x-)?mac-?\w*|macintosh|gbk|gb2312|gb_2312-80|gb18030|big5(?:-hkscs)?|euc-?(?:jp|kr)|shift[_-]jis|sjis|tis-620)$/i;

export interface PageHead {
  readonly coding: Coding;
  readonly policies: readonly string[];
}

/** A page that people see, whole and in a form that can be read here; undefined for every other answer. */
export function readPageHead(status: number, fields: ResponseFields): PageHead | undefined {
  // Redirects and 304 show nothing, 206 is a part, 204 and 205 are empty.
  const showsPage =
    status >= 200 && !(status >= 300 && status < 400) && ![204, 205, 206, 226].includes(status);
  if (!showsPage || fields.contentLength === '0') return undefined;
  const type = only(fields.headers, 'content-type');
  if (type === undefined || !isReadableHtml(type)) return undefined;
  const disposition = valuesOf(fields.headers, 'content-disposition');
  if (disposition.some((value) => !/^\s*inline\s*(?:;|$)/i.test(value))) return undefined;
  const cacheControl = valuesOf(fields.headers, 'cache-control').join(',').toLowerCase();
  // RFC 9110, section 7.7: no proxy may change such an answer.
  if (/(?:^|,)\s*no-transform\s*(?:,|$)/.test(cacheControl)) return undefined;
  // A signature over the content (RFC 9421) would be broken.
  if (valuesOf(fields.headers, 'signature').length > 0) return undefined;
  const coding = readCoding(valuesOf(fields.headers, 'content-encoding').join(', '));
  if (coding === undefined) return undefined;
  return { coding, policies: valuesOf(fields.headers, 'content-security-policy') };
}

function isReadableHtml(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (type.toLowerCase() !== 'text/html') return false;
  const charset = parameters.find((part) => /^charset\s*=/i.test(part));
  if (charset === undefined) return true;
  return ASCII_COMPATIBLE.test(charset.slice(charset.indexOf('=') + 1).replace(/["'\s]/g, ''));
}

/** Fields that speak of the octets of the content, which are others now. */
const OF_THE_OCTETS = new Set(['content-md5', 'digest', 'content-digest', 'repr-digest', 'accept-ranges']);

/** The head of the same page with the tag in it. */
export function describeTaggedPage(fields: ResponseFields, version: string): void {
  const { headers } = fields;
  const changed: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    if (OF_THE_OCTETS.has(name)) continue;
    if (name === 'etag') {
      const marked = markEntityTag(value, version);
      if (marked !== undefined) changed.push(name, marked);
    } else changed.push(name, value);
  }
  // A script that fetches the same address gets it without the tag, and must not find this one in the cache.
  changed.push('vary', 'sec-fetch-dest');
  fields.headers = changed;
  fields.contentLength = undefined;
}

/** A 304 is about the page with the tag as well. */
export function describeUnchangedPage(fields: ResponseFields, version: string): void {
  const { headers } = fields;
  for (let index = 0; index < headers.length; index += 2) {
    const value = headers[index + 1] ?? '';
    if (headers[index] === 'etag') headers[index + 1] = markEntityTag(value, version) ?? value;
  }
}

function valuesOf(headers: readonly string[], wanted: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] === wanted) values.push(headers[index + 1] ?? '');
  }
  return values;
}

function only(headers: readonly string[], wanted: string): string | undefined {
  const values = valuesOf(headers, wanted);
  return values.length === 1 ? values[0] : undefined;
}
