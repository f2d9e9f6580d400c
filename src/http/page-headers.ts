/** On every answer of the portal and the console. */
export function commonHeaders(): Readonly<Record<string, string>> {
  return {
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    // Not `same-origin`: with it the browser would send `Origin: null` with the request that asks for another
    // certificate (Fetch, "append a request Origin header"), and the gate compares that origin.
    'referrer-policy': 'strict-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()',
    'x-frame-options': 'DENY',
    // What is no page needs nothing at all; pages replace it.
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  };
}

/** The one inline style of the pages carries the nonce; scripts have none. */
export function pageSecurityPolicy(nonce: string, otherOrigins: readonly string[] = []): string {
  const origins = [...new Set(otherOrigins)].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self'",
    // The portal's are the applications: «Выбрать другой сертификат» is a request to them.
    `connect-src 'self' ${origins}`.trimEnd(),
    `form-action 'self' ${origins}`.trimEnd(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
