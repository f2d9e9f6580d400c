import { type Client, detectClient } from './detect-client.ts';

interface UserAgentData {
  readonly brands: readonly { readonly brand: string }[];
  readonly platform: string;
}

export function thisClient(): Client {
  // Not in the DOM library: only browsers on Chromium have it.
  const { userAgentData } = navigator as Navigator & { readonly userAgentData?: UserAgentData };
  return detectClient({
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    ...(userAgentData && {
      brands: userAgentData.brands.map(({ brand }) => brand),
      platform: userAgentData.platform,
    }),
  });
}

/** Firefox has its own store and its own memory; every other browser uses the system's store and forgets on an alert. */
export type BrowserFamily = 'chromium' | 'firefox';

export function browserFamily({ browser }: Pick<Client, 'browser'>): BrowserFamily {
  return browser === 'firefox' ? 'firefox' : 'chromium';
}
