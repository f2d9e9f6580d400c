import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '../../../kernel/problem.ts';
import { parseCertificate } from '../../../pki/x509/certificate.ts';
import { JournalCounters } from './journal-counters.ts';
import { formatMetrics, METRICS_TYPE } from './metrics-text.ts';
import type { MonitoredInstance } from './monitored-instance.ts';
import { readMetrics } from './read-metrics.ts';

const ANSWER_TIMEOUT_MS = 5_000;

export interface Monitoring {
  readonly port: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * `/health`: the program lives. `/ready`: it could let somebody in now. `/metrics`: Prometheus. Whoever can reach the
 * address can read them, so they name no person; it is bound to this machine unless the configuration says otherwise.
 *
 * @throws {ProblemError} `port-in-use`
 */
export async function startMonitoring(
  instance: MonitoredInstance,
  where: { readonly host: string; readonly port: number },
): Promise<Monitoring> {
  const { store, logger } = instance;
  const { auditSequence } = await store.health();
  const counters = new JournalCounters(store.auditLog, auditSequence);
  const find = async (path: string): Promise<Answer> => {
    switch (path) {
      case '/health':
        return json(200, { status: 'ok' });
      case '/ready':
        return await readiness(instance);
      case '/metrics':
        return {
          status: 200,
          type: METRICS_TYPE,
          text: formatMetrics(await readMetrics(instance, counters)),
        };
      default:
        return json(404, { status: 'not-found', paths: ['/health', '/ready', '/metrics'] });
    }
  };
  const server = http.createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 8_192 },
    (request, response) => {
      const send = ({ status, type, text }: Answer) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        send(json(405, { status: 'method-not-allowed' }));
        return;
      }
      find((request.url ?? '').replace(/\?.*$/, '')).then(send, (error: unknown) => {
        logger.warn({ err: error }, 'monitoring could not be answered');
        send(json(503, { status: 'unavailable' }));
      });
    },
  );
  server.maxConnections = 100;
  server.listen(where);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const detail = `${where.host}:${where.port} (option monitoring): ${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}`;
    throw new ProblemError('port-in-use', { detail, cause });
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A load balancer sends nobody here while one of these fails. */
async function readiness({ store, configuration, clock }: MonitoredInstance): Promise<Answer> {
  const now = clock.now();
  const [database, authority] = await Promise.all([
    passes(async () => {
      await store.health();
      return true;
    }),
    passes(async () => {
      const issuers = await store.authority.listWatchedIssuers(now);
      return issuers.some(
        ({ role, status, certificateDer }) =>
          role === 'issuing' && status === 'active' && parseCertificate(certificateDer).notAfter > now,
      );
    }),
  ]);
  const [leaf] = configuration.serverCertificate.certificates;
  const checks = { database, authority, serverCertificate: leaf !== undefined && leaf.notAfter > now };
  const isReady = Object.values(checks).every(Boolean);
  return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not-ready', checks });
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), ANSWER_TIMEOUT_MS).unref();
  });
  return await Promise.race([check().catch(() => false), late]);
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json', text: `${JSON.stringify(body)}\n` };
}
