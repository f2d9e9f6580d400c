import type { DesktopSystem } from '../../ui/system-pictogram.tsx';
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

/** Which of the three instructions to begin with; on a telephone the one most people have at work. */
export function desktopSystem({ system }: Client): DesktopSystem {
  return system === 'macos' || system === 'linux' ? system : 'windows';
}

export function isPhone({ system }: Client): boolean {
  return system === 'android' || system === 'ios';
}

/** Firefox has its own store and its own memory; every other browser uses the system's store and forgets on an alert. */
export type BrowserFamily = 'chromium' | 'firefox';

export function browserFamily({ browser }: Client): BrowserFamily {
  return browser === 'firefox' ? 'firefox' : 'chromium';
}
