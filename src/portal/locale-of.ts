import type { Account, Locale } from '../accounts/account.ts';
import { chooseLocale } from '../accounts/choose-locale.ts';
import { readCookie } from '../http/cookies.ts';
import type { PortalOptions } from './options.ts';
import { LOCALE_COOKIE } from './portal-cookies.ts';
import type { WithHeaders } from './visitor.ts';

/** The language of the pages for this request. */
export function localeOf(
  { defaultLocale }: Pick<PortalOptions, 'defaultLocale'>,
  { headers }: WithHeaders,
  account: Account | undefined,
): Locale {
  return chooseLocale({
    chosen: account?.localeChosen ? account.locale : undefined,
    cookie: readCookie(headers.cookie, LOCALE_COOKIE),
    account: account?.locale,
    acceptLanguage: headers['accept-language'],
    fallback: defaultLocale,
  });
}
