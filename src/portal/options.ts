import type { Http2SecureServer } from 'node:http2';
import type { Locale } from '../accounts/account.ts';
import type { PasswordChange } from '../accounts/change-password.ts';
import type { AccountPort, SessionPort, ThrottlePort } from '../accounts/ports.ts';
import type { SignIn } from '../accounts/sign-in.ts';
import type { EnrolmentService } from '../enrolment/enrolment-service.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { NoticePort } from '../reminders/ports.ts';
import type { EntryTokenReader, PortalPort } from './ports.ts';
import type { PasswordRecovery } from './recovery/recover-password.ts';

export interface PortalApplication {
  readonly id: ApplicationId;
  /** As people know it; our own console has a name in each language. */
  readonly name: string | Readonly<Record<Locale, string>>;
  /** `https://crm.example.org[:port]`, one for each of its hosts; the first is used in links. */
  readonly origins: readonly [string, ...string[]];
  /** Path of the application's home, begins with one `/`. */
  readonly homePath: string;
}

export interface PortalOptions {
  /** `https://id.example.org[:port]`, with the port that browsers see. */
  readonly origin: string;
  readonly applications: readonly PortalApplication[];
  readonly productName: string;
  readonly administratorContact: string;
  /** Where neither the person nor the browser asks for one. */
  readonly defaultLocale: Locale;
  /** Made with `allowHTTP1`; asks for no certificate; never listens itself. The portal answers its requests. */
  readonly server: Http2SecureServer;
  /** Folder of the built pages: `portal/index.html` and `assets/`. */
  readonly webDirectory: string;
  /** Of the instance, the same on every node; at least 32 octets. */
  readonly secret: Uint8Array;
  readonly signIn: SignIn;
  readonly passwords: Pick<PasswordChange, 'changeFirst'>;
  readonly recovery: PasswordRecovery;
  readonly sessions: SessionPort;
  readonly accounts: Pick<AccountPort, 'setLocale'>;
  readonly throttle: ThrottlePort;
  readonly enrolment: EnrolmentService;
  readonly notices: NoticePort;
  readonly port: PortalPort;
  readonly entryTokens: EntryTokenReader;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The first host of the application, which links lead to. */
export function homeUrlOf({ origins, homePath }: PortalApplication): string {
  return `${origins[0]}${homePath}`;
}

/** The address at the application, or its home where the path is missing or would lead anywhere else. */
export function returnUrlOf(application: PortalApplication, returnPath: string | undefined): string {
  const [origin] = application.origins;
  const url = returnPath?.startsWith('/') ? URL.parse(returnPath, origin) : null;
  return url?.origin === origin ? url.href : homeUrlOf(application);
}
