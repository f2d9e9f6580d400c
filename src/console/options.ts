import type { Locale } from '../accounts/account.ts';
import type { AccountPort } from '../accounts/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { ConsoleApp } from './console-app.ts';
import type { ConsolePort } from './ports.ts';

/** What every part of the console has at hand. */
export interface ConsoleContext {
  /** `https://my.example.org[:port]`, with the port that browsers see. */
  readonly origin: string;
  readonly portalOrigin: string;
  readonly productName: string;
  readonly administratorContact: string;
  /** Where neither the person nor the browser asks for one. */
  readonly defaultLocale: Locale;
  readonly port: ConsolePort;
  readonly accounts: Pick<AccountPort, 'setLocale'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * A part of the console with its routes under `/api/<name>/`. It gets a scope of its own: hooks and parsers of bodies
 * that it adds there are nobody else's.
 */
export interface ConsoleSection {
  readonly name: string;
  register(app: ConsoleApp, context: ConsoleContext): void;
}

export interface ConsoleOptions extends ConsoleContext {
  readonly sections: readonly ConsoleSection[];
  /** Folder of the built pages: `console/index.html` and `assets/`. */
  readonly webDirectory: string;
}
