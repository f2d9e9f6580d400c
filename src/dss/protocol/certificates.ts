import type { DssEndpoints } from './addresses.ts';
import { certificateEntry, certificatesAnswer, policyAnswer } from './answers.ts';
import { DssError } from './dss-error.ts';
import { type Exchange, refusalOf } from './exchange.ts';

/** A certificate as the DSS lists it. */
export interface DssCertificate {
  /** Its number there. */
  readonly id: string;
  readonly der: Uint8Array;
  /** As the server says: `ACTIVE` and what else there may be. Empty: it says nothing. */
  readonly status: string;
  readonly isDefault: boolean;
  readonly hasPin: boolean;
  readonly friendlyName: string;
}

export interface DssCertificates {
  readonly certificates: readonly DssCertificate[];
  /** How many entries could not be read at all. */
  readonly unreadable: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** @throws {DssError} */
export async function readCertificates(
  exchange: Exchange,
  endpoints: DssEndpoints,
  accessToken: string,
  signal?: AbortSignal,
): Promise<DssCertificates> {
  const place = 'dss-server';
  const answered = await exchange({
    url: endpoints.certificates,
    authorization: `Bearer ${accessToken}`,
    place,
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (answered.status !== 200) throw refusalOf(answered, place);
  const list = certificatesAnswer.safeParse(answered.json);
  if (!list.success) throw new DssError('not-a-dss', { place, status: answered.status });
  const certificates: DssCertificate[] = [];
  let unreadable = 0;
  for (const entry of list.data) {
    const read = readEntry(entry);
    if (read === undefined) unreadable += 1;
    else certificates.push(read);
  }
  return { certificates, unreadable };
}

function readEntry(entry: unknown): DssCertificate | undefined {
  const parsed = certificateEntry.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, certificatebase64, status, isdefault, haspin, friendlyname } = parsed.data;
  const base64 = certificatebase64.replace(/-----[A-Z ]+-----|\s/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  return {
    id: String(id),
    der: new Uint8Array(Buffer.from(base64, 'base64')),
    status: (status?.value ?? '').toUpperCase().slice(0, 64),
    isDefault: isdefault === true,
    hasPin: haspin === true,
    friendlyName: (friendlyname ?? '').slice(0, 200),
  };
}

export interface DssPolicy {
  /** Actions, in lower case, that have to be confirmed on the telephone. */
  readonly confirmed: ReadonlySet<string>;
  readonly pinCodes: 'allowed' | 'required' | 'forbidden';
}

/** @throws {DssError} */
export async function readPolicy(
  exchange: Exchange,
  endpoints: DssEndpoints,
  accessToken: string,
  signal?: AbortSignal,
): Promise<DssPolicy> {
  const place = 'dss-server';
  const authorization = `Bearer ${accessToken}`;
  const answered = await exchange({ url: endpoints.policy, authorization, place, signal });
  if (answered.status !== 200) throw refusalOf(answered, place);
  const parsed = policyAnswer.safeParse(answered.json);
  if (!parsed.success) throw new DssError('not-a-dss', { place, status: answered.status });
  const actions = parsed.data.actionpolicy ?? [];
  const mode = parsed.data.pincodemode?.toLowerCase();
  return {
    confirmed: new Set(
      actions.filter(({ mfarequired }) => mfarequired === true).map(({ action }) => action.toLowerCase()),
    ),
    pinCodes: mode === 'required' ? 'required' : mode === 'forbid' ? 'forbidden' : 'allowed',
  };
}
