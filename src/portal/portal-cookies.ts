/** All with the prefix `__Host-`: no other host of the domain can set them (RFC 6265bis, section 4.1.3.2). */
export const SESSION_COOKIE = '__Host-propusk-portal';
/** Before sign-in: what the CSRF token is bound to. */
export const VISITOR_COOKIE = '__Host-propusk-visitor';
export const LOCALE_COOKIE = '__Host-propusk-locale';
/** Says that somebody has signed in to an account from this browser before. */
export const BROWSER_COOKIE = '__Host-propusk-browser';

export const LOCALE_SECONDS = 365 * 86_400;
export const BROWSER_SECONDS = 180 * 86_400;

/** A token as `makeToken` writes it. */
export const TOKEN = /^[A-Za-z0-9_-]{43}$/;
