import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import { buildRevocationListIndex, openRevocationListIndex } from '../../pki/crl/large-revocation-list.ts';
import { describeCertificate, describeList } from '../../workspace/stores/describe-certificate.ts';
import type { CertificateQuery, ImportedCertificate } from '../../workspace/stores/ports.ts';
import { parseSearch } from '../../workspace/stores/search-text.ts';
import { makeTestCertificates } from '../../workspace/testing/test-certificates.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { addPerson, issue, newestEvents } from '../testing/people.ts';

const made = makeTestCertificates();
const root = describeCertificate(made.rootDer);
const leaf = describeCertificate(made.leafDer);
const former = describeCertificate(made.formerDer);
const list = describeList(openRevocationListIndex(buildRevocationListIndex(made.listDer, [])));
const imported = (certificate: typeof leaf, store: ImportedCertificate['store']): ImportedCertificate => ({
  certificate,
  store,
  hasKeyElsewhere: store === 'personal',
  source: 'file',
  detail: 'a.cer',
});

describe.each(DATABASES)('the workspace on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov } = lab;
    const port = store.workspace;
    const actor: Actor = { kind: 'account', accountId: ivanov.id };
    const change = { accountId: ivanov.id, actor, now: clock.now() };
    const query = (more: Partial<CertificateQuery> = {}): CertificateQuery => ({
      accountId: ivanov.id,
      store: undefined,
      search: undefined,
      state: undefined,
      ends: undefined,
      source: undefined,
      issuerKey: undefined,
      organisation: undefined,
      algorithm: undefined,
      sort: 'owner',
      direction: 'ascending',
      offset: 0,
      limit: 50,
      now: clock.now(),
      ...more,
    });
    const owners = async (more: Partial<CertificateQuery>) =>
      (await port.listCertificates(query(more))).entries.map(({ certificate }) => certificate.owner);
    const fill = () =>
      port.addToWorkspace({
        ...change,
        certificates: [imported(root, 'authorities'), imported(leaf, 'personal')],
        lists: [{ list, source: 'file', detail: 'a.crl' }],
      });
    return { ...lab, port, actor, change, query, owners, fill };
  }

  test('keeps what was imported, each once, with where it came from', async () => {
    const { port, fill, change, query, ivanov, store, clock } = await open();
    expect(await fill()).toEqual({ added: 3, alreadyThere: 0 });
    expect(await fill()).toEqual({ added: 0, alreadyThere: 3 });
    await port.addToWorkspace({
      ...change,
      certificates: [{ ...imported(leaf, 'personal'), source: 'dss', detail: 'Work' }],
      lists: [],
    });
    const { total, entries } = await port.listCertificates(query());
    expect(total).toBe(2);
    expect(entries).toMatchObject([
      {
        certificate: { owner: 'Иванов Иван Иванович' },
        store: 'personal',
        sources: ['dss', 'file'],
        state: 'checking',
        anchor: 'none',
      },
      { certificate: { owner: 'Корневой УЦ', isCa: true }, store: 'authorities', sources: ['file'] },
    ]);
    expect(await port.countStores(ivanov.id, clock.now())).toMatchObject([
      { store: 'personal', count: 1 },
      { store: 'others', count: 0 },
      { store: 'authorities', count: 1 },
      { store: 'revocation-lists', count: 1 },
    ]);
    const card = await port.findCertificate(ivanov.id, leaf.sha256);
    expect(Buffer.from(card?.der ?? [])).toEqual(Buffer.from(made.leafDer));
    expect(card?.sourceDetails.map(({ detail }) => detail).sort()).toEqual(['Work', 'a.cer']);
    expect(card?.certificate).toMatchObject({ inn: leaf.inn, snils: leaf.snils, notAfter: leaf.notAfter });
    expect(await newestEvents(store, 1)).toEqual(['workspace-imported']);
  });

  test('is nobody else’s', async () => {
    const { port, fill, store, clock } = await open();
    await fill();
    const petrov = await addPerson(store, clock, 'petrov');
    expect(await port.findCertificate(petrov.id, leaf.sha256)).toBeUndefined();
    expect(await port.findList(petrov.id, list.sha256)).toBeUndefined();
    expect(await port.readCertificates(petrov.id, [leaf.sha256])).toEqual([]);
    expect((await port.findPresence(petrov.id, [leaf.sha256])).size).toBe(0);
    const actor: Actor = { kind: 'account', accountId: petrov.id };
    const theirs = { accountId: petrov.id, actor, now: clock.now() };
    expect(await port.removeFromWorkspace({ ...theirs, sha256s: [leaf.sha256] })).toEqual([]);
    expect(await port.installAnchor({ ...theirs, sha256: root.sha256, scope: 'own' })).toBe('missing');
  });

  test('shows the access certificate among the personal ones without keeping a copy', async () => {
    const { port, store, clock, ivanov, issuing, query } = await open();
    await issue(store, clock, ivanov.id, issuing.id);
    const access = await port.findAccessCertificate(ivanov.id);
    if (access === undefined) throw new Error('none');
    expect(access.isKnown).toBe(false);
    await port.rememberCertificate(ivanov.id, { ...leaf, sha256: access.sha256 }, clock.now());
    expect((await port.findAccessCertificate(ivanov.id))?.isKnown).toBe(true);
    const { entries } = await port.listCertificates(query());
    expect(entries).toMatchObject([{ store: 'personal', sources: ['access'], hasKeyElsewhere: true }]);
    expect((await port.findPresence(ivanov.id, [access.sha256])).get(access.sha256)).toBe('here');
    expect((await port.listCertificates(query({ source: 'access' }))).total).toBe(1);
    expect((await port.listCertificates(query({ source: 'file' }))).total).toBe(0);
  });

  test('is searched, filtered, sorted, grouped and read in windows', async () => {
    const { fill, owners, port, query, change } = await open();
    await fill();
    await port.addToWorkspace({ ...change, certificates: [imported(former, 'others')], lists: [] });
    const [ivanov, authority] = [leaf.owner, root.owner];
    expect(await owners({ search: parseSearch('ИВАНОВ директор') })).toEqual([ivanov, ivanov]);
    expect(await owners({ search: parseSearch('770708 3893') })).toEqual([ivanov, ivanov]);
    expect(await owners({ search: parseSearch('%') })).toEqual([]);
    expect(await owners({ search: parseSearch("a' or 1=1 --") })).toEqual([]);
    expect(await owners({ store: 'authorities' })).toEqual([authority]);
    expect(await owners({ direction: 'descending' })).toEqual([authority, ivanov, ivanov]);
    expect(await owners({ offset: 2, limit: 1 })).toEqual([authority]);
    expect(await owners({ issuerKey: root.subjectKey, organisation: leaf.organisation })).toEqual([
      ivanov,
      ivanov,
    ]);
    expect(await owners({ state: 'checking' })).toHaveLength(3);
    expect(await owners({ state: 'invalid' })).toEqual([]);
    const at = new Date(former.notAfter.getTime() + 1000);
    expect(await owners({ ends: 'expired', now: at })).toEqual([ivanov]);
    expect(await owners({ ends: 'soon', now: new Date(former.notAfter.getTime() - 86_400_000) })).toEqual([
      ivanov,
    ]);
    expect(await owners({ ends: 'later', now: at })).toEqual([ivanov, authority]);
    expect(await port.groupCertificates(query(), 'organisation')).toEqual([
      { value: leaf.organisation, title: leaf.organisation, count: 2 },
      { value: root.organisation, title: root.organisation, count: 1 },
    ]);
  });

  test('rows of a group stand together, in the order of the groups', async () => {
    const { port, query, change } = await open();
    const at = (name: string, number: number, store: ImportedCertificate['store'], issuer: string) => ({
      ...imported(
        {
          ...leaf,
          sha256: `${number}`.padStart(64, '0') as typeof leaf.sha256,
          owner: name,
          issuerName: issuer,
          issuerKey: issuer.toLowerCase().replaceAll(' ', '').padEnd(64, '0'),
        },
        store,
      ),
    });
    const certificates = [
      at('Яковлев', 1, 'personal', 'УЦ Б'),
      at('Антонов', 2, 'others', 'УЦ А'),
      at('Яковлев', 3, 'others', 'УЦ А'),
      // The same issuer, written otherwise: its name alone would stand last.
      at('Борисов', 4, 'authorities', 'УЦА'),
      at('Антонов', 5, 'personal', 'УЦ Б'),
    ];
    await port.addToWorkspace({ ...change, certificates, lists: [] });
    type Entry = Awaited<ReturnType<typeof port.listCertificates>>['entries'][number];
    const values = {
      store: ({ store }: Entry) => store,
      owner: ({ certificate }: Entry) => certificate.owner.toLowerCase(),
      issuer: ({ certificate }: Entry) => certificate.issuerKey,
      status: ({ state }: Entry) => state,
      organisation: ({ certificate }: Entry) => certificate.organisation,
      algorithm: ({ certificate }: Entry) => certificate.algorithm,
    } as const;
    for (const by of ['store', 'owner', 'issuer', 'status', 'organisation', 'algorithm'] as const) {
      const groups = await port.groupCertificates(query(), by);
      const { entries } = await port.listCertificates(query({ group: by }));
      const expected = groups.flatMap(({ value, count }) => Array.from({ length: count }, () => value));
      expect(expected).toHaveLength(5);
      expect(entries.map(values[by])).toEqual(expected);
    }
    const byStore = await port.groupCertificates(query(), 'store');
    expect(byStore.map(({ value, count }) => [value, count])).toEqual([
      ['personal', 2],
      ['others', 2],
      ['authorities', 1],
    ]);
    const { entries } = await port.listCertificates(query({ group: 'issuer', offset: 2, limit: 2 }));
    expect(entries.map(({ certificate }) => certificate.owner)).toEqual(['Яковлев', 'Антонов']);
  });

  test('gives back what was removed, for 30 days', async () => {
    const { fill, port, change, owners, ivanov, clock, store } = await open();
    await fill();
    const sha256s = [leaf.sha256, list.sha256];
    expect((await port.removeFromWorkspace({ ...change, sha256s })).toSorted()).toEqual(sha256s.toSorted());
    expect(await port.removeFromWorkspace({ ...change, sha256s })).toEqual([]);
    expect(await owners({})).toEqual([root.owner]);
    expect((await port.findPresence(ivanov.id, sha256s)).get(list.sha256)).toBe('removed');
    expect(await port.restoreToWorkspace({ ...change, sha256s })).toBe(2);
    expect(await owners({})).toEqual([leaf.owner, root.owner]);
    await port.removeFromWorkspace({ ...change, sha256s });
    // Imported again: back as well.
    expect(await fill()).toEqual({ added: 2, alreadyThere: 1 });
    await port.removeFromWorkspace({ ...change, sha256s });
    expect(await port.purgeRemoved(clock.now())).toBe(0);
    expect(await port.purgeRemoved(new Date(clock.now().getTime() + 1))).toBe(2);
    expect(await port.restoreToWorkspace({ ...change, sha256s })).toBe(0);
    expect(await newestEvents(store, 1)).toEqual(['workspace-removed']);
  });

  test('knows anchors of one person and of everybody, and finds issuers among them', async () => {
    const { fill, port, change, store, clock, ivanov } = await open();
    await fill();
    expect(await port.installAnchor({ ...change, sha256: leaf.sha256, scope: 'own' })).toBe(
      'not-an-authority',
    );
    expect(await port.installAnchor({ ...change, sha256: root.sha256, scope: 'own' })).toBe('installed');
    expect((await port.findCertificate(ivanov.id, root.sha256))?.anchor).toBe('own');
    const petrov = await addPerson(store, clock, 'petrov');
    expect(await port.readIssuers(petrov.id, root.subjectKey)).toEqual([]);
    await port.installAnchor({ ...change, sha256: root.sha256, scope: 'everybody' });
    expect((await port.findCertificate(ivanov.id, root.sha256))?.anchor).toBe('own-and-everybody');
    expect((await port.readIssuers(petrov.id, leaf.issuerKey)).map(({ owner }) => owner)).toEqual([
      root.owner,
    ]);
    expect(await port.withdrawAnchor({ ...change, sha256: root.sha256, scope: 'own' })).toBe('withdrawn');
    expect(await port.withdrawAnchor({ ...change, sha256: root.sha256, scope: 'own' })).toBe('missing');
    expect((await port.findCertificate(ivanov.id, root.sha256))?.anchor).toBe('everybody');
    expect(await newestEvents(store, 1)).toEqual(['trust-anchor-withdrawn']);
  });

  test('has lists with their numbers and dates', async () => {
    const { fill, port, ivanov } = await open();
    await fill();
    const listing = { accountId: ivanov.id, search: parseSearch('корневой'), offset: 0, limit: 10 };
    const { total, entries } = await port.listLists(listing);
    expect(total).toBe(1);
    expect(entries).toMatchObject([
      { list: { number: 1n, entryCount: 0, nextUpdate: list.nextUpdate }, sources: ['file'] },
    ]);
    expect(await port.findList(ivanov.id, list.sha256)).toMatchObject({ list: { number: 1n } });
    const der = await port.readListDer(list.sha256);
    expect(Buffer.from(der ?? [])).toEqual(Buffer.from(made.listDer));
    expect(await port.findListsOfIssuers(ivanov.id, [root.subjectKey])).toMatchObject([
      { sha256: list.sha256 },
    ]);
  });
});
