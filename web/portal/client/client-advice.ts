import type { Client } from './detect-client.ts';

/** What a person has to know of this device before a certificate is issued on it; `none` on an ordinary computer. */
export type ClientAdvice = 'none' | 'safari-mac' | 'iphone-safari' | 'iphone-other' | 'android' | 'in-app';

/** Apple gives the certificates of iOS to Safari alone; windows inside apps have none anywhere. */
export function clientAdvice({ system, browser, surface }: Client): ClientAdvice {
  if (surface === 'in-app') return 'in-app';
  switch (system) {
    case 'ios':
      return browser === 'safari' ? 'iphone-safari' : 'iphone-other';
    case 'android':
      return 'android';
    case 'macos':
      return browser === 'safari' ? 'safari-mac' : 'none';
    default:
      return 'none';
  }
}
