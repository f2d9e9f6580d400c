import { expect, test } from 'vitest';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import type { IssuerId } from '../../kernel/brand.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createRootCa } from '../../pki/issuance/authority.ts';
import type { WatchedIssuer } from './ports.ts';
import { type AuthoritySources, readAuthority } from './read-authority.ts';

const DAY_MS = 86_400_000;

async function open(
  change: (issuer: WatchedIssuer) => Partial<WatchedIssuer>,
  sources: Partial<AuthoritySources> = {},
) {
  const clock = createFrozenClock();
  const made = await createRootCa(
    { id: systemRandom.id<IssuerId>(), commonName: 'Root', organisation: 'Propusk', keyAlgorithm: 'p-256' },
    { clock, random: systemRandom },
  );
  const issuer: WatchedIssuer = {
    id: made.issuer.id,
    role: 'issuing',
    status: 'active',
    certificateDer: made.certificateDer,
    hasKey: true,
    certificates: 3,
    list: undefined,
  };
  const now = clock.now();
  const read = (at: Date) =>
    readAuthority(
      {
        port: {
          listWatchedIssuers: async () => [{ ...issuer, ...change(issuer) }],
          findIssuerRequestTime: async () => undefined,
        },
        validityDays: 365,
        listUrlOf: (id) => `http://id.example.org/pki/${id}.crl`,
        server: {
          subject: 'CN=*.example.org',
          hosts: [],
          notAfter: new Date(now.getTime() + 100 * 365 * DAY_MS),
        },
        responderUrl: undefined,
        askResponder: async () => 'none',
        ...sources,
      },
      at,
    );
  const first = (await read(now)).issuers[0];
  if (first === undefined) throw new Error('no issuer');
  return { now, read, endsAt: Date.parse(first.notAfter) };
}

const codes = async (answer: ReturnType<typeof readAuthority>) =>
  (await answer).warnings.map(({ code }) => code);

test('an issuing authority is warned of before it shortens certificates', async () => {
  const { read, endsAt, now } = await open(() => ({}));
  expect(await codes(read(now))).toEqual([]);
  expect(await codes(read(new Date(endsAt - 456 * DAY_MS)))).toEqual([]);
  expect(await codes(read(new Date(endsAt - 454 * DAY_MS)))).toEqual(['issuer-ends-soon']);
  expect(await codes(read(new Date(endsAt + 1)))).toEqual(['issuer-ended']);
});

test('a retired authority is not to be renewed', async () => {
  const { read, endsAt } = await open(() => ({ status: 'retired' }));
  expect(await codes(read(new Date(endsAt - DAY_MS)))).toEqual([]);
});

test('a list that no daily one has followed is late, though it is still valid', async () => {
  const list = (now: Date) => ({
    number: 4,
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + 7 * DAY_MS),
  });
  const start = createFrozenClock().now();
  const { read } = await open(() => ({ list: list(start) }));
  expect(await codes(read(new Date(start.getTime() + DAY_MS)))).toEqual([]);
  expect(await codes(read(new Date(start.getTime() + 3 * DAY_MS)))).toEqual(['list-overdue']);
});

test('a root’s key that is still here, a silent responder and a server certificate near its end are named', async () => {
  const start = createFrozenClock().now();
  const { read } = await open(() => ({ role: 'root' }), {
    server: {
      subject: 'CN=crm',
      hosts: ['crm.example.org'],
      notAfter: new Date(start.getTime() + 20 * DAY_MS),
    },
    askResponder: async () => 'silent',
  });
  expect(await codes(read(start))).toEqual([
    'root-key-here',
    'server-certificate-ends-soon',
    'responder-silent',
  ]);
  expect(await codes(read(new Date(start.getTime() + 21 * DAY_MS)))).toContain('server-certificate-ended');
});
