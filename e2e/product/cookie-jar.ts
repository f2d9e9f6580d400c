import { readFile } from 'node:fs/promises';

/**
 * The Cookie field that curl would send to a host, for clients that send raw bytes. curl keeps its jar in Netscape's
 * format: tab-separated domain, flag, path, secure, expiry, name, value; HttpOnly ones behind a `#HttpOnly_`.
 */
export async function readCookies(cookieJar: string, host: string): Promise<string> {
  const lines = (await readFile(cookieJar, 'utf8')).split('\n');
  return lines
    .map((line) => line.replace(/^#HttpOnly_/, '').split('\t'))
    .filter(([domain, , , , , name]) => domain === host && name !== undefined)
    .map(([, , , , , name, value]) => `${name}=${value}`)
    .join('; ');
}
