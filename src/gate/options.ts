import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { ApplicationId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { AccountMenuOptions, MenuPosition } from './embed/account-menu.ts';
import type { EntryTokens } from './entry-token.ts';
import type { Entry, GatePort } from './ports.ts';
import type { RecoveryProofs } from './recovery-proof.ts';

export interface GateOptions {
  /** `https://id.example` or with a port, which is then the public port of every application. */
  readonly portalOrigin: string;
  readonly applications: readonly GateApplication[];
  readonly port: GatePort;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Private key on P-256; signs the assertions for the applications. */
  readonly assertionKey: KeyObject;
  readonly entryTokens: Pick<EntryTokens, 'seal'>;
  /** The portal opens what is sealed here. */
  readonly recoveryProofs: Pick<RecoveryProofs, 'seal'>;
  readonly tls: GateTls;
  /** The longest life of a session: `Max-Age` of the application's cookie. */
  readonly sessionAbsoluteSeconds: number;
  readonly limits?: Partial<GateLimits>;
  /** Absent: no menu in any page, and the notice leads over the portal from 14 days before the end. */
  readonly menu?: AccountMenuOptions;
}

export interface GateTls {
  /** The first serves every host that no other names. */
  readonly certificates: readonly GateCertificate[];
  /** The issuing CA, and its root where paths go through it: their names filter the browser's picker. */
  readonly clientCertificateAuthoritiesPem: string;
  readonly sessionTimeoutSeconds?: number;
  /** TLS 1.2 when absent. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
}

export interface GateCertificate {
  readonly certificatesPem: string;
  readonly privateKeyPem: string;
  readonly hosts?: readonly string[];
}

export interface GateApplication {
  readonly id: ApplicationId;
  /** As people know it; shown on error pages. */
  readonly name: string;
  /** Host names in lower case, without port. */
  readonly hosts: readonly string[];
  readonly homePath: string;
  readonly upstream: Upstream;
  readonly allowServiceWorkers?: boolean;
  /** Absent: its pages stay as they are. */
  readonly accountMenu?: { readonly position: MenuPosition };
  readonly timeouts?: Partial<UpstreamTimeouts>;
}

export type Upstream =
  | {
      readonly kind: 'server';
      /** `http:` or `https:`, host and port; a path is not used. */
      readonly url: URL;
      readonly certificateAuthoritiesPem?: string;
      readonly serverName?: string;
    }
  | { readonly kind: 'handler'; readonly handle: UpstreamHandler };

/** An application inside this process. It is called for permitted requests only. */
export type UpstreamHandler = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  entry: Entry,
) => void;

export interface UpstreamTimeouts {
  readonly connectMs: number;
  /** From the end of the request to the first octet of the answer. */
  readonly headersMs: number;
  /** Between two pieces of a body; 0: no limit. Event streams that are silent for longer are opened anew by browsers. */
  readonly bodyIdleMs: number;
}

export const DEFAULT_UPSTREAM_TIMEOUTS: UpstreamTimeouts = {
  connectMs: 10_000,
  headersMs: 120_000,
  bodyIdleMs: 600_000,
};

export interface GateLimits {
  /** From the first octet of a request's head to its last. */
  readonly headersTimeoutMs: number;
  /** A connection without a request. */
  readonly connectionIdleMs: number;
  /** A client that neither sends the rest of its body nor takes the answer. */
  readonly clientIdleMs: number;
  readonly webSocketIdleMs: number;
  readonly maxHeaderBytes: number;
  readonly maxHeaderFields: number;
  /** HTTP/1.1 pipelining; browsers do not. */
  readonly maxPipelinedRequests: number;
  readonly maxConcurrentStreams: number;
  /** Streams that end before their answer does, at once and per second (CVE-2023-44487, CVE-2025-8671). */
  readonly streamResetBurst: number;
  readonly streamResetPerSecond: number;
  /** Open connections are decided again this often, besides on every change. */
  readonly recheckEveryMs: number;
}

export const DEFAULT_LIMITS: GateLimits = {
  headersTimeoutMs: 20_000,
  connectionIdleMs: 75_000,
  clientIdleMs: 120_000,
  webSocketIdleMs: 3_600_000,
  maxHeaderBytes: 32_768,
  maxHeaderFields: 200,
  maxPipelinedRequests: 16,
  maxConcurrentStreams: 128,
  streamResetBurst: 300,
  streamResetPerSecond: 20,
  recheckEveryMs: 5_000,
};
