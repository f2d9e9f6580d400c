import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { Agent, fetch as fetchThrough } from 'undici';

const LOAD_TIMEOUT_MS = 3000;

/** The keys that the gate signs with, loaded when first needed and again when it signs with a new one. */
export function createGateKeys(url: string): JWTVerifyGetKey {
  const agent = new Agent({ connect: { lookup: lookupWithLocalhost } });
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: LOAD_TIMEOUT_MS,
    [customFetch]: async (address, { method, signal }) => {
      const answer = await fetchThrough(address, { method, signal, dispatcher: agent, redirect: 'error' });
      return new Response(await answer.text(), { status: answer.status });
    },
  });
}

/** RFC 6761, section 6.3: names under `localhost` are this machine. Browsers know, the system's resolver often does not. */
const lookupWithLocalhost: LookupFunction = (hostname, options, callback) => {
  if (!hostname.endsWith('.localhost')) {
    lookup(hostname, options, callback);
  } else if (options.all) {
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  } else {
    callback(null, '127.0.0.1', 4);
  }
};
