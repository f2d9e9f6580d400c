/**
 * The value of a cookie (RFC 6265, section 5.4). Undefined also where the name occurs twice: a browser never sends a
 * `__Host-` cookie twice, so one of the two was put there by somebody else.
 */
export function readCookie(header: string | readonly string[] | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  let value: string | undefined;
  for (const line of typeof header === 'string' ? [header] : header) {
    if (!line.includes(name)) continue;
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      if (equals === -1 || pair.slice(0, equals).trim() !== name) continue;
      if (value !== undefined) return undefined;
      value = pair.slice(equals + 1).trim();
    }
  }
  return value;
}

export function listCookieNames(header: string | readonly string[] | undefined): readonly string[] {
  const names = new Set<string>();
  for (const line of typeof header === 'string' ? [header] : (header ?? [])) {
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, Math.max(equals, 0)).trim();
      if (name !== '') names.add(name);
    }
  }
  return [...names];
}

/** The Cookie field without the cookies that `isOurs` claims; undefined when nothing is left. */
export function withoutCookies(header: string, isOurs: (name: string) => boolean): string | undefined {
  const kept = header.split(';').filter((pair) => {
    const equals = pair.indexOf('=');
    return !isOurs((equals === -1 ? pair : pair.slice(0, equals)).trim());
  });
  const text = kept.join(';').trim();
  return text === '' ? undefined : text;
}

/** The name that a Set-Cookie field sets. A field without a name sets a cookie that is sent as its bare value. */
export function setCookieName(field: string): string {
  const pair = field.split(';', 1)[0] ?? '';
  const equals = pair.indexOf('=');
  if (equals > 0) return pair.slice(0, equals).trim();
  // `=__Host-a=b` and `__Host-a` are nameless; both come back to a server as something that reads like a name.
  return (equals === 0 ? pair.slice(1) : pair).split('=', 1)[0]?.trim() ?? '';
}

/**
 * A cookie that only this origin can set and read: Secure, HttpOnly, Path=/, no Domain, which the prefix `__Host-` makes
 * the browser enforce. Without `maxAgeSeconds` it ends with the browser's session.
 */
export function formatSetCookie(cookie: {
  readonly name: `__Host-${string}`;
  readonly value: string;
  readonly maxAgeSeconds?: number;
  readonly sameSite?: 'Lax' | 'Strict';
}): string {
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(cookie.value)) {
    throw new TypeError('a cookie value has visible ASCII without quotes, comma, semicolon and backslash');
  }
  const lifetime = cookie.maxAgeSeconds === undefined ? '' : `; Max-Age=${Math.trunc(cookie.maxAgeSeconds)}`;
  return `${cookie.name}=${cookie.value}; Path=/${lifetime}; Secure; HttpOnly; SameSite=${cookie.sameSite ?? 'Lax'}`;
}

export function formatClearCookie(name: `__Host-${string}`): string {
  return `${name}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;
}
