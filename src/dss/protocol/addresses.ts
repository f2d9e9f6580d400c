/** The two addresses of a DSS: what people write, what is asked, and either one from the other. */
import { DssError, type DssPlace } from './dss-error.ts';

export interface DssServers {
  /** As it is shown and stored: `https://HOST/STS/oauth`. */
  readonly authorizationServer: string;
  /** `https://HOST/SignServer/rest`. */
  readonly dssServer: string;
}

/** What is posted to, made of the two. */
export interface DssEndpoints {
  readonly confirmation: { readonly v1: string; readonly v2: string };
  readonly certificates: string;
  readonly policy: string;
  readonly transactions: string;
  readonly documents: string;
  /** What a token is asked for: `urn:cryptopro:dss:signserver:<application>`. */
  readonly resource: string;
}

export interface AddressOptions {
  /** Plain http is for tests and closed networks: the password goes over it. */
  readonly allowHttp: boolean;
}

const DEFAULT_STS = 'STS';
const DEFAULT_SIGN_SERVER = 'SignServer';
const MAX_LENGTH = 1024;

/**
 * One address is enough; the other is derived then.
 * @throws {DssError} `address-invalid` with its place
 */
export function readServers(
  written: { readonly authorizationServer: string; readonly dssServer: string },
  options: AddressOptions,
): DssServers {
  const authorization = written.authorizationServer.trim();
  const dss = written.dssServer.trim();
  if (authorization === '' && dss === '') {
    throw new DssError('address-invalid', { place: 'authorization-server' });
  }
  const sts = authorization === '' ? undefined : readAuthorizationServer(authorization, options);
  const signServer = dss === '' ? undefined : readDssServer(dss, options);
  return {
    authorizationServer: sts ?? deriveAuthorizationServer(signServer ?? ''),
    dssServer: signServer ?? deriveDssServer(sts ?? ''),
  };
}

export function endpointsOf({ authorizationServer, dssServer }: DssServers): DssEndpoints {
  // Only the end: a host may be called oauth.firm.ru.
  const sts = authorizationServer.replace(/\/oauth$/i, '');
  return {
    confirmation: { v1: `${sts}/confirmation`, v2: `${sts}/v2.0/confirmation` },
    certificates: `${dssServer}/api/certificates`,
    policy: `${dssServer}/api/policy`,
    transactions: `${dssServer}/api/transactions`,
    documents: `${dssServer}/api/documents`,
    resource: `urn:cryptopro:dss:signserver:${applicationOf(dssServer).toLowerCase()}`,
  };
}

function readAuthorizationServer(text: string, options: AddressOptions): string {
  const { origin, segments } = readAddress(text, 'authorization-server', options);
  const path = dropEnd(
    segments,
    ['v2.0'],
    ['confirmation'],
    ['oauth', 'token'],
    ['oauth', 'authorize'],
    ['oauth'],
  );
  if (path.length === 0) path.push(DEFAULT_STS);
  return `${origin}/${path.join('/')}/oauth`;
}

function readDssServer(text: string, options: AddressOptions): string {
  const { origin, segments } = readAddress(text, 'dss-server', options);
  const path = dropEnd(segments, ['api', 'certificates'], ['api', 'policy'], ['api']);
  if (path.length === 0) path.push(DEFAULT_SIGN_SERVER);
  if (path.length === 1) path.push('rest');
  return `${origin}/${path.join('/')}`;
}

function readAddress(
  text: string,
  place: DssPlace,
  { allowHttp }: AddressOptions,
): { readonly origin: string; readonly segments: readonly string[] } {
  // People copy addresses without their scheme.
  const complete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = complete.length <= MAX_LENGTH ? URL.parse(complete) : null;
  const isAllowed = url?.protocol === 'https:' || (allowHttp && url?.protocol === 'http:');
  if (url === null || !isAllowed || url.username !== '' || url.password !== '' || url.search !== '') {
    throw new DssError('address-invalid', { place });
  }
  return { origin: url.origin, segments: url.pathname.split('/').filter((segment) => segment !== '') };
}

function dropEnd(segments: readonly string[], ...ends: readonly (readonly string[])[]): string[] {
  let path = [...segments];
  for (let again = true; again; ) {
    again = false;
    for (const end of ends) {
      const tail = path.slice(-end.length).map((segment) => segment.toLowerCase());
      if (path.length < end.length || tail.join('/') !== end.join('/')) continue;
      path = path.slice(0, -end.length);
      again = true;
    }
  }
  return path;
}

/** One server can hold several: `firmidp` and `firmss` belong together, as `STS` and `SignServer` do. */
function deriveDssServer(authorizationServer: string): string {
  const { origin } = new URL(authorizationServer);
  const own = applicationOf(authorizationServer);
  const application = /idp$/i.test(own) ? own.replace(/idp$/i, 'ss') : DEFAULT_SIGN_SERVER;
  return `${origin}/${application}/rest`;
}

function deriveAuthorizationServer(dssServer: string): string {
  const { origin } = new URL(dssServer);
  const own = applicationOf(dssServer);
  const isOwnName = /ss$/i.test(own);
  return `${origin}/${isOwnName ? own.replace(/ss$/i, 'idp') : DEFAULT_STS}/oauth`;
}

function applicationOf(address: string): string {
  return new URL(address).pathname.split('/')[1] ?? '';
}
