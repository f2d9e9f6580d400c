/** Whether two addresses are those of a DSS, before a login or password goes there. Nobody's telephone is rung. */

import { type DssServers, endpointsOf } from './addresses.ts';
import { confirmationAnswer } from './answers.ts';
import { DssError } from './dss-error.ts';
import { type Exchange, refusalOf } from './exchange.ts';

/** @throws {DssError} with the place of the address that is wrong */
export async function checkServers(
  exchange: Exchange,
  servers: DssServers,
  signal?: AbortSignal,
): Promise<void> {
  const checks = await Promise.allSettled([
    checkAuthorizationServer(exchange, servers, signal),
    checkDssServer(exchange, servers, signal),
  ]);
  for (const check of checks) {
    if (check.status === 'rejected') throw check.reason;
  }
}

/** Without credentials: a DSS refuses, in its own form or with 401; what answers otherwise is something else. */
async function checkAuthorizationServer(
  exchange: Exchange,
  servers: DssServers,
  signal: AbortSignal | undefined,
): Promise<void> {
  const place = 'authorization-server';
  const { confirmation, resource } = endpointsOf(servers);
  const answered = await exchange({ url: confirmation.v1, body: { Resource: resource }, place, signal });
  const { status } = answered;
  if (status === 401 || status === 400) return;
  const parsed = confirmationAnswer.safeParse(answered.json);
  const isDialogue = parsed.success && typeof parsed.data.iserror === 'boolean';
  if (isDialogue) return;
  if (status >= 200 && status <= 299) throw new DssError('not-a-dss', { place, status });
  throw refusalOf(answered, place);
}

async function checkDssServer(
  exchange: Exchange,
  servers: DssServers,
  signal: AbortSignal | undefined,
): Promise<void> {
  const place = 'dss-server';
  const answered = await exchange({ url: endpointsOf(servers).policy, place, signal });
  const { status } = answered;
  if (status === 401) return;
  // The policy is for those who have signed in; who shows something to everybody is no DSS.
  if (status >= 200 && status <= 299) throw new DssError('not-a-dss', { place, status });
  throw refusalOf(answered, place);
}
