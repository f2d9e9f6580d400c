/** A person's connections to DSS: signing in, reading certificates, trying one out. */

import type { Fetcher } from '../../fetching/fetcher.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { endpointsOf, readServers } from '../protocol/addresses.ts';
import { readCertificates } from '../protocol/certificates.ts';
import { createDialogues } from '../protocol/confirmation.ts';
import { DssError, describeFailure } from '../protocol/dss-error.ts';
import { createExchange } from '../protocol/exchange.ts';
import type { Attempt, AttemptConnection, AttemptResult } from './attempt.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import type {
  CertificateImportPort,
  CertificateOfConnection,
  ConnectionCertificate,
  DssConnection,
  DssConnectionId,
  DssConnectionPort,
} from './ports.ts';
import { createSecretVault } from './secret-vault.ts';
import { type DialogueContext, passwordNameOf, signIn, tokenNameOf } from './sign-in.ts';
import { makeTestSignature } from './test-signature.ts';

export interface DssConnectionsOptions {
  readonly port: DssConnectionPort;
  readonly imports: CertificateImportPort;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Of OAuth; servers that want none ignore it. */
  readonly clientId?: string;
  /** Plain http, for tests and closed networks. */
  readonly allowHttp?: boolean;
  readonly pollMs?: number;
}

/** Who asks, with the secret of their cookie. */
export interface DssActor {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly sessionToken: string;
  readonly actor: Actor;
}

export interface NewConnection {
  readonly name: string;
  readonly authorizationServer: string;
  readonly dssServer: string;
  readonly usesV2: boolean;
  readonly login: string;
}

export interface ListedConnection {
  readonly connection: DssConnection;
  readonly isSignedIn: boolean;
  readonly isPasswordRemembered: boolean;
  readonly certificates: readonly ConnectionCertificate[];
}

export interface DssConnections {
  readonly attempts: Attempts;
  list(who: DssActor): Promise<readonly ListedConnection[]>;
  /** «Продолжить». @throws {DssError} for addresses that are none, {@link ProblemError} `dss-name-taken` */
  connect(who: DssActor, input: NewConnection): Promise<Attempt>;
  /** Signs in where that is needed and reads the certificates anew. @throws {ProblemError} `not-found` */
  refresh(who: DssActor, id: string): Promise<Attempt>;
  /** @throws {ProblemError} `not-found` */
  testSignature(who: DssActor, id: string, dssId: string, pin: string): Promise<Attempt>;
  /** @throws {ProblemError} `not-found`, `dss-name-taken` */
  rename(who: DssActor, id: string, name: string): Promise<void>;
  /** @throws {ProblemError} `not-found` */
  disconnect(who: DssActor, id: string, certificates: 'kept' | 'removed'): Promise<void>;
  /** Forgets what belongs to sessions that are over; called by a timer, and by tests. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 3_000;
const SWEEP_MS = 15_000;

export function createDssConnections(options: DssConnectionsOptions): DssConnections {
  const { port, imports, clock, random, logger } = options;
  const exchange = createExchange(options.fetcher);
  const vault = createSecretVault(random);

  const reportFailure = async (attempt: Attempt, error: unknown): Promise<void> => {
    const { connection, accountId, actor } = attempt;
    const { failure, status, serverCode } = describeFailure(error);
    const now = clock.now();
    const step = attempt.purpose.kind;
    const { authorizationServer, dssServer } = connection;
    logger.info({ failure, status, serverCode, attempt: attempt.id }, 'a DSS did not do what was asked');
    await port.recordFailure({
      accountId,
      actor,
      now,
      failure: {
        id: connection.isNew ? undefined : connection.id,
        connectionName: connection.name,
        authorizationServer,
        dssServer,
        step,
        failure,
        ...(status === undefined ? {} : { status }),
        ...(serverCode === undefined ? {} : { serverCode }),
      },
    });
  };

  const context: DialogueContext = {
    exchange,
    dialogues: createDialogues(exchange, clock),
    clock,
    clientId: options.clientId,
    pollMs: options.pollMs ?? POLL_MS,
    reportFailure,
    async ensureSignedIn(attempt) {
      const live = await port.listLiveSessions([attempt.sessionId], clock.now());
      if (live.length > 0) return;
      attempts.dropSession(attempt.sessionId);
      vault.dropSession(attempt.sessionId);
      attempt.abort.signal.throwIfAborted();
    },
  };

  async function withToken<T>(attempt: Attempt, work: (accessToken: string) => Promise<T>): Promise<T> {
    const name = tokenNameOf(attempt.connection.id);
    const kept = attempt.locker.take(name, clock.now());
    if (kept !== undefined) {
      try {
        return await work(kept);
      } catch (error) {
        // A token may die before its time; the person signs in again then.
        if (!(error instanceof DssError) || error.failure !== 'sign-in-over') throw error;
        attempt.locker.drop(name);
      }
    }
    return await work((await signIn(context, attempt)).value);
  }

  async function readAll(attempt: Attempt, accessToken: string): Promise<AttemptResult> {
    const { connection, accountId, actor } = attempt;
    attempt.state = { kind: 'working', step: 'reading-certificates' };
    const listed = await readCertificates(
      exchange,
      endpointsOf(connection),
      accessToken,
      attempt.abort.signal,
    );
    attempt.abort.signal.throwIfAborted();
    const change = { accountId, actor, now: clock.now() };
    if (connection.isNew) await port.addConnection({ ...change, connection: { ...connection, accountId } });
    const before = connection.isNew ? [] : await port.listCertificates(connection.id);
    const imported = await imports.importFromDss({
      ...change,
      connectionName: connection.name,
      certificatesDer: listed.certificates.map(({ der }) => der),
    });
    const certificates = listed.certificates.map((each, index): CertificateOfConnection => {
      const read = imported[index];
      return {
        dssId: each.id,
        sha256: read?.sha256,
        owner: read?.owner ?? each.friendlyName,
        notAfter: read?.notAfter,
        status: each.status,
        hasPin: each.hasPin,
        isDefault: each.isDefault,
      };
    });
    await port.recordCertificates({ ...change, id: connection.id, certificates });
    const here = new Set(certificates.map(({ dssId }) => dssId));
    return {
      kind: 'certificates',
      imported: imported.filter((each) => each !== undefined).length,
      unreadable: listed.unreadable + imported.filter((each) => each === undefined).length,
      vanished: before.filter(({ dssId, vanishedAt }) => !vanishedAt && !here.has(dssId)).length,
    };
  }

  async function signTest(attempt: Attempt, accessToken: string): Promise<AttemptResult> {
    const { purpose, accountId, actor, connection } = attempt;
    if (purpose.kind !== 'test-signature') throw new TypeError('this attempt signs nothing');
    const { sha256 } = purpose;
    const found = await imports.readCertificate(accountId, sha256);
    if (found === undefined) throw new DssError('certificate-unusable');
    const { outcome, signatureDer } = await makeTestSignature(context, attempt, purpose, {
      accessToken,
      certificateDer: found.der,
      random,
    });
    const now = clock.now();
    await port.recordTestSignature({ accountId, actor, now, id: connection.id, sha256, outcome });
    return {
      kind: 'test-signature',
      outcome,
      owner: found.owner,
      signatureBytes: signatureDer.length,
      at: now,
    };
  }

  const attempts = createAttempts({
    clock,
    random,
    logger,
    reportFailure,
    perform: (attempt) =>
      withToken(attempt, (accessToken) =>
        attempt.purpose.kind === 'certificates'
          ? readAll(attempt, accessToken)
          : signTest(attempt, accessToken),
      ),
  });

  async function get(who: DssActor, id: string): Promise<DssConnection> {
    const found = await port.findConnection(who.accountId, id as DssConnectionId);
    if (found === undefined) throw new ProblemError('not-found');
    return found;
  }

  function start(who: DssActor, connection: AttemptConnection, purpose: Attempt['purpose']): Attempt {
    const { accountId, sessionId, actor, sessionToken } = who;
    const locker = vault.openLocker(sessionId, sessionToken);
    return attempts.start({ accountId, sessionId, actor, locker, connection, purpose });
  }

  async function sweep(): Promise<void> {
    const now = clock.now();
    vault.dropExpired(now);
    attempts.dropOld(now);
    const ids = [...new Set([...vault.sessions(), ...attempts.sessions()])];
    if (ids.length === 0) return;
    const live = new Set(await port.listLiveSessions(ids, now));
    for (const id of ids) {
      if (live.has(id)) continue;
      attempts.dropSession(id);
      vault.dropSession(id);
    }
  }

  const timer = setInterval(() => {
    sweep().catch((error: unknown) => logger.warn({ err: error }, 'ended sessions could not be looked up'));
  }, SWEEP_MS);
  timer.unref();

  return {
    attempts,
    sweep,

    async list(who) {
      const locker = vault.openLocker(who.sessionId, who.sessionToken);
      const now = clock.now();
      const connections = await port.listConnections(who.accountId);
      return await Promise.all(
        connections.map(async (connection) => ({
          connection,
          isSignedIn: locker.take(tokenNameOf(connection.id), now) !== undefined,
          isPasswordRemembered: locker.take(passwordNameOf(connection.id), now) !== undefined,
          certificates: await port.listCertificates(connection.id),
        })),
      );
    },

    async connect(who, input) {
      const servers = readServers(input, { allowHttp: options.allowHttp ?? false });
      const connections = await port.listConnections(who.accountId);
      if (connections.some(({ name }) => name.toLowerCase() === input.name.toLowerCase())) {
        throw new ProblemError('dss-name-taken');
      }
      const { name, usesV2, login } = input;
      const connection = { id: random.id<DssConnectionId>(), isNew: true, name, ...servers, usesV2, login };
      return start(who, connection, { kind: 'certificates' });
    },

    async refresh(who, id) {
      return start(who, { ...(await get(who, id)), isNew: false }, { kind: 'certificates' });
    },

    async testSignature(who, id, dssId, pin) {
      const connection = await get(who, id);
      const certificates = await port.listCertificates(connection.id);
      const sha256 = certificates.find((each) => each.dssId === dssId && !each.vanishedAt)?.sha256;
      if (sha256 === undefined) throw new ProblemError('not-found');
      return start(who, { ...connection, isNew: false }, { kind: 'test-signature', dssId, sha256, pin });
    },

    async rename({ accountId, actor }, id, name) {
      const change = { accountId, actor, now: clock.now(), id: id as DssConnectionId, name };
      if ((await port.renameConnection(change)) === 'missing') throw new ProblemError('not-found');
    },

    async disconnect(who, id, certificates) {
      const { accountId, actor } = who;
      const connection = await get(who, id);
      const change = { accountId, actor, now: clock.now() };
      const own = await port.listCertificates(connection.id);
      for (const attempt of attempts.list(who.sessionId)) {
        if (attempt.connection.id === connection.id) attempts.cancel(attempt);
      }
      await port.removeConnection({ ...change, id: connection.id, certificates });
      vault.dropEverywhere(passwordNameOf(connection.id));
      vault.dropEverywhere(tokenNameOf(connection.id));
      const sha256s = own.flatMap(({ sha256 }) => (sha256 === undefined ? [] : [sha256]));
      if (certificates === 'removed' && sha256s.length > 0) {
        await imports.removeFromWorkspace({ ...change, sha256s });
      }
    },

    async stop() {
      clearInterval(timer);
      await attempts.stop();
    },
  };
}
