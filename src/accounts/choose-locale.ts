import { LOCALES, type Locale } from './account.ts';

const MAX_RANGES = 32;

/**
 * What the person who is signed in has chosen, wherever that was, else the choice in this browser, else what the browser
 * asks for, else the language that the account was made with: a page does not change its language because somebody who
 * never chose one signed in on it.
 */
export function chooseLocale(input: {
  readonly chosen: Locale | undefined;
  readonly cookie: string | undefined;
  readonly account: Locale | undefined;
  readonly acceptLanguage: string | undefined;
  readonly fallback: Locale;
}): Locale {
  return (
    input.chosen ??
    findLocale(input.cookie) ??
    matchLanguages(input.acceptLanguage) ??
    input.account ??
    input.fallback
  );
}

function findLocale(tag: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === tag);
}

/** RFC 9110, section 12.5.4, with the lookup by primary language only: `en-GB` is answered in English. */
function matchLanguages(header: string | undefined): Locale | undefined {
  let best: { readonly locale: Locale; readonly weight: number } | undefined;
  for (const range of (header ?? '').split(',', MAX_RANGES)) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const locale = findLocale(tag.trim().split('-')[0]);
    const quality = /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameters.join(';'))?.[1];
    const weight = parameters.length === 0 ? 1 : Number(quality ?? 0);
    if (locale && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale;
}
