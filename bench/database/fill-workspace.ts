import { createHash } from 'node:crypto';
import type { AccountId, SerialNumber, Sha256Fingerprint } from '../../src/kernel/brand.ts';
import type { Store } from '../../src/store/store.ts';
import { searchTextOf } from '../../src/workspace/stores/search-text.ts';

const FAMILIES = ['Иванов', 'Петров', 'Сидоров', 'Кузнецов', 'Смирнов', 'Попов', 'Семёнов', 'Васильев'];
const FIRST = ['Иван', 'Пётр', 'Сергей', 'Алексей', 'Дмитрий', 'Андрей', 'Фёдор', 'Николай'];
const STORES = ['personal', 'others', 'others', 'others', 'authorities'] as const;
const DAY_MS = 86_400_000;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const pick = <Item>(items: readonly Item[], number: number): Item => {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('there is nothing to pick');
  return item;
};

/** So many certificates of many people and fifty issuers, in one account, as importing them would leave them. */
export async function fillWorkspace(store: Store, accountId: AccountId, count: number): Promise<void> {
  const now = new Date();
  const certificates = Array.from({ length: count }, (_, number) => {
    const owner = `${pick(FAMILIES, number)} ${pick(FIRST, Math.floor(number / 8))} ${number}`;
    const issuerName = `ООО «Удостоверяющий центр ${number % 50}»`;
    const organisation = `ООО «Организация ${number % 700}»`;
    const inn = String(7_700_000_000 + number);
    const serialNumber = digest(`serial ${number}`).slice(0, 32) as SerialNumber;
    const sha256 = digest(`certificate ${number}`) as Sha256Fingerprint;
    return {
      certificate: {
        sha256,
        // Lists never read it.
        der: new Uint8Array(1500),
        subjectKey: digest(owner),
        issuerKey: digest(issuerName),
        serialNumber,
        subjectKeyIdentifier: undefined,
        authorityKeyIdentifier: undefined,
        notBefore: new Date(now.getTime() - 100 * DAY_MS),
        notAfter: new Date(now.getTime() + ((number % 500) - 20) * DAY_MS),
        owner,
        issuerName,
        organisation,
        inn,
        innLe: inn,
        snils: undefined,
        ogrn: undefined,
        email: `person-${number}@company.example`,
        algorithm: 'gost-2012-256',
        isCa: false,
        isSelfIssued: false,
        searchText: searchTextOf([owner, issuerName, organisation, inn, serialNumber, sha256]),
      },
      store: pick(STORES, number),
      hasKeyElsewhere: false,
      source: 'file' as const,
      detail: 'all.zip',
    };
  });
  await store.workspace.addToWorkspace({
    accountId,
    actor: { kind: 'account', accountId },
    now,
    certificates,
    lists: [],
  });
}
