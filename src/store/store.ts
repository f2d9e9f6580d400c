import type { AccountPort, SessionPort, SignInJournalPort, ThrottlePort } from '../accounts/ports.ts';
import type {
  AccountAdministrationPort,
  CertificateAdministrationPort,
} from '../console/administration/ports.ts';
import type { AuditLogPort } from '../console/audit-log/ports.ts';
import type { AuthorityPort } from '../console/authority/ports.ts';
import type { OverviewPort } from '../console/overview/ports.ts';
import type { ConsolePort } from '../console/ports.ts';
import type { RefusalPort } from '../console/refusals/ports.ts';
import type { OwnSessionPort } from '../console/sessions/ports.ts';
import type { DssConnectionPort } from '../dss/connections/ports.ts';
import type { EnrolmentPort } from '../enrolment/ports.ts';
import type { GatePort } from '../gate/ports.ts';
import type { JournalDeliveryPort } from '../journal-delivery/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { OutboxPort } from '../messaging/ports.ts';
import type { PortalPort } from '../portal/ports.ts';
import type { RecoveryPort } from '../portal/recovery/ports.ts';
import type { NoticePort, ReminderPort } from '../reminders/ports.ts';
import type { NotificationPort, OwnJournalPort } from '../workspace/events/ports.ts';
import type { FetchingPort } from '../workspace/fetching/ports.ts';
import type { CheckingPort, StatusPort } from '../workspace/status/ports.ts';
import type { WorkspaceChangePort, WorkspacePort } from '../workspace/stores/ports.ts';
import { createAccessChanges, readAccessRevision } from './access-changes.ts';
import { createAccountPort } from './accounts.ts';
import { createAccountAdministration } from './administration/accounts.ts';
import { createCertificateAdministration } from './administration/certificates.ts';
import { type AuditStore, createAuditStore } from './audit/audit-store.ts';
import { createConsolePort } from './console.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './database.ts';
import { guardPort } from './database-errors.ts';
import { createDssConnectionPort } from './dss/dss-connections.ts';
import { createEnrolmentPort } from './enrolment/enrolment.ts';
import { fillSearchTexts } from './fill-search-texts.ts';
import { createGatePort } from './gate.ts';
import { migrate } from './migrations/migrate.ts';
import { createAuditLogPort } from './operations/audit-log.ts';
import { createAuthorityPort } from './operations/authority.ts';
import { createJournalDeliveryPort } from './operations/journal-delivery.ts';
import { createOverviewPort } from './operations/overview.ts';
import { createRefusalPort } from './operations/refusals.ts';
import { createOutboxPort } from './outbox.ts';
import { createOwnSessionPort } from './own-sessions.ts';
import { createPortalPort } from './portal.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { flushCounts, type PurgeReport, purge, type Retention } from './purge.ts';
import { createRecoveryPort } from './recovery.ts';
import { createReminderPort } from './reminders/reminders.ts';
import { openInstance } from './sealing/open-instance.ts';
import { createSecretPort, type SecretPort } from './sealing/secrets.ts';
import { createSessionPort } from './sessions.ts';
import { createSignInJournalPort } from './sign-in-journal.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { createThrottlePort } from './throttle.ts';
import { createWrite } from './unit-of-work.ts';
import { createWorkspaceChanges } from './workspace/changes.ts';
import { createCheckingPort } from './workspace/checking.ts';
import { createNotificationPort, createOwnJournalPort } from './workspace/events.ts';
import { createFetchingPort } from './workspace/fetching.ts';
import { createStatusPort } from './workspace/status.ts';
import { createWorkspacePort } from './workspace/workspace.ts';

/** A file of SQLite, made when it is missing, or the address of a PostgreSQL database that exists. */
export type DatabaseLocation = { readonly databaseFile: string } | { readonly databaseUrl: string };

export type StoreOptions = DatabaseLocation & {
  /** What the secret file holds, at least 16 random octets. Always the same for one database. */
  readonly dataSecret: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly retention?: Partial<Retention>;
  /** The cost of scrypt (RFC 7914, N) for a new database; tests take a small one. */
  readonly keyCost?: number;
};

export interface Health {
  readonly database: Database['kind'];
  /** A path, or host and name. */
  readonly place: string;
  readonly schemaVersion: number;
  readonly createdAt: Date;
  readonly auditSequence: number;
}

export interface Store {
  readonly accounts: AccountPort;
  readonly accountAdministration: AccountAdministrationPort;
  readonly certificateAdministration: CertificateAdministrationPort;
  readonly sessions: SessionPort;
  readonly throttle: ThrottlePort;
  readonly signInJournal: SignInJournalPort;
  readonly enrolment: EnrolmentPort;
  readonly gate: GatePort;
  readonly portal: PortalPort;
  readonly recovery: RecoveryPort;
  readonly console: ConsolePort;
  readonly ownSessions: OwnSessionPort;
  readonly auditLog: AuditLogPort;
  readonly journalDelivery: JournalDeliveryPort;
  readonly refusals: RefusalPort;
  readonly authority: AuthorityPort;
  readonly overview: OverviewPort;
  readonly outbox: OutboxPort;
  readonly reminders: ReminderPort & NoticePort;
  readonly workspace: WorkspacePort & WorkspaceChangePort;
  readonly checking: CheckingPort;
  readonly fetching: FetchingPort;
  readonly status: StatusPort;
  readonly notifications: NotificationPort;
  readonly ownJournal: OwnJournalPort;
  readonly dssConnections: DssConnectionPort;
  readonly secrets: SecretPort;
  readonly audit: AuditStore;
  /** Asks the database. @throws {ProblemError} `database-unavailable` */
  health(): Promise<Health>;
  /** Deletes what is over and writes counted events into the journal; to be called each minute. */
  purge(now: Date): Promise<PurgeReport>;
  /** Writes what was counted and lets the database go. */
  close(): Promise<void>;
}

/** 32 MiB and about 0.1 s: the secret is random, not a word that somebody could guess. */
const DEFAULT_KEY_COST = 2 ** 15;
const DEFAULT_DECISION_DAYS = 365;

/**
 * Opens the database, brings its schema up to date and checks the secret.
 *
 * @throws {ProblemError} `data-directory`, `database-unavailable`, `schema-newer`, `sealed-data`, each with what to do
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock, random, logger } = options;
  const database =
    'databaseFile' in options
      ? openSqlite(options.databaseFile)
      : await openPostgres(options.databaseUrl, logger);
  try {
    return await openStoreOn(database, options, { clock, random, logger });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openStoreOn(
  database: Database,
  { dataSecret, keyCost = DEFAULT_KEY_COST, retention }: StoreOptions,
  { clock, random, logger }: Pick<StoreOptions, 'clock' | 'random' | 'logger'>,
): Promise<Store> {
  const schemaVersion = await migrate(database, clock.now());
  await fillSearchTexts(database);
  const instance = await openInstance(database, dataSecret, random, clock.now(), keyCost);
  const changes = createAccessChanges(database, await readAccessRevision(database), logger);
  const context: StoreContext = {
    reader: database.reader,
    write: createWrite(database, instance.auditKey, changes),
    sealer: instance.sealer,
    random,
    clock,
  };
  const audit = createAuditStore(context, database, instance.auditKey);
  const settle = () => database.settle();

  return {
    accounts: guardPort(createAccountPort(context)),
    accountAdministration: guardPort(createAccountAdministration(context)),
    certificateAdministration: guardPort(createCertificateAdministration(context)),
    sessions: guardPort(createSessionPort(context)),
    throttle: guardPort(createThrottlePort(context)),
    signInJournal: guardPort(createSignInJournalPort(context)),
    enrolment: guardPort(createEnrolmentPort(context, settle)),
    gate: guardPort(createGatePort(context, database, changes)),
    portal: guardPort(createPortalPort(context)),
    recovery: guardPort(createRecoveryPort(context)),
    console: guardPort(createConsolePort(context)),
    ownSessions: guardPort(createOwnSessionPort(context)),
    auditLog: guardPort(createAuditLogPort(context)),
    journalDelivery: guardPort(createJournalDeliveryPort(context)),
    refusals: guardPort(createRefusalPort(context)),
    authority: guardPort(createAuthorityPort(context)),
    overview: guardPort(createOverviewPort(context)),
    outbox: guardPort(createOutboxPort(context)),
    reminders: guardPort(createReminderPort(context)),
    workspace: guardPort({ ...createWorkspacePort(context), ...createWorkspaceChanges(context) }),
    checking: guardPort(createCheckingPort(context)),
    fetching: guardPort(createFetchingPort(context)),
    status: guardPort(createStatusPort(context)),
    notifications: guardPort(createNotificationPort(context)),
    ownJournal: guardPort(createOwnJournalPort(context)),
    dssConnections: guardPort(createDssConnectionPort(context)),
    secrets: guardPort(createSecretPort(context)),
    audit: guardPort(audit),
    ...guardPort({
      async health(): Promise<Health> {
        const head = await database.reader
          .selectFrom('audit_head')
          .select('sequence')
          .executeTakeFirstOrThrow();
        return {
          database: database.kind,
          place: database.place,
          schemaVersion,
          createdAt: instance.createdAt,
          auditSequence: head.sequence,
        };
      },
      purge: (now: Date) =>
        purge(
          context,
          audit,
          {
            decisionDays: retention?.decisionDays ?? DEFAULT_DECISION_DAYS,
            auditDays: retention?.auditDays,
          },
          now,
        ),
    }),
    async close() {
      changes.close();
      try {
        await flushCounts(context, 'all', clock.now());
      } finally {
        await database.close();
      }
    },
  };
}
