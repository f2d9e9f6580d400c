import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { buildRevocationListIndex, openRevocationListIndex } from '../../pki/crl/large-revocation-list.ts';
import {
  daysFromNow,
  makeAuthority,
  makeCertificate,
  makeListDer,
  type TestEntity,
} from '../../pki/validation/testing/test-pki.ts';
import { describeList, describeParsed } from '../../workspace/stores/describe-certificate.ts';
import type { EntriesView, ListContentsView } from './contract.ts';
import { createStatusSection } from './status-section.ts';

async function open() {
  const lab = await openConsoleLab({
    http: '1.1',
    sections: (store) => [createStatusSection({ port: store.status, workspace: store.workspace })],
  });
  const ca = makeAuthority('CN=Northern CA,O=North');
  const people = ['Anna', 'Boris', 'Vera'].map((name) => makeCertificate(`CN=${name}`, { issuer: ca }));
  const stranger = makeCertificate('CN=Stranger', { issuer: makeAuthority('CN=Other CA') });
  const [, boris] = people as [TestEntity, TestEntity, TestEntity];
  const der = makeListDer(ca, { number: 7, entries: [{ certificate: boris.certificate, reason: 1 }] });
  const list = describeList(openRevocationListIndex(buildRevocationListIndex(der, [])));
  const ivanov = await lab.openAs('ivanov');
  const accountId = ivanov.account.id;
  await lab.store.workspace.addToWorkspace({
    accountId,
    actor: { kind: 'account', accountId },
    now: lab.clock.now(),
    certificates: [...people, stranger].map(({ certificate }) => ({
      certificate: describeParsed(certificate),
      store: 'personal',
      hasKeyElsewhere: true,
      source: 'file',
      detail: 'a.cer',
    })),
    lists: [{ list, source: 'file', detail: 'ca.crl' }],
  });
  const address = `/api/status/lists/${list.sha256}`;
  const search = async (serial: string): Promise<EntriesView> =>
    (await ivanov.get(`${address}/entries?serial=${encodeURIComponent(serial)}`)).json();
  return { ...lab, ivanov, address, search, boris, anna: people[0] as TestEntity };
}

test('a list tells which of my certificates it concerns, the revoked ones first', async () => {
  const { ivanov, address, openAs, boris } = await open();
  const view: ListContentsView = (await ivanov.get(address)).json();
  expect(view).toMatchObject({
    issuer: 'O=North,CN=Northern CA',
    about: 'all',
    isIndirect: false,
    concerned: { count: 3, revoked: 1 },
  });
  expect(view.concerned.certificates.map(({ owner, entry }) => [owner, entry?.reason])).toEqual([
    ['Boris', 'keyCompromise'],
    ['Anna', undefined],
    ['Vera', undefined],
  ]);
  expect(view.concerned.certificates[0]).toMatchObject({ sha256: boris.certificate.sha256Fingerprint });
  const petrov = await openAs('petrov');
  expect((await petrov.get(address)).status).toBe(404);
  expect((await petrov.get(`${address}/entries?serial=1`)).status).toBe(404);
});

test('a serial number is looked up as people copy it', async () => {
  const { search, boris, anna } = await open();
  const { serialNumber } = boris.certificate;
  const spelled = (serialNumber.match(/../gu) ?? []).join(':').toUpperCase();
  const decimal = BigInt(`0x${serialNumber}`).toString();
  for (const typed of [serialNumber, spelled, ` 0x00${serialNumber}`, decimal]) {
    expect(await search(typed)).toEqual({
      outcome: 'listed',
      serialNumber,
      entries: [
        {
          serialNumber,
          revokedAt: daysFromNow(-2).toISOString(),
          reason: 'keyCompromise',
          issuer: null,
          isRemoved: false,
        },
      ],
    });
  }
  expect(await search(anna.certificate.serialNumber)).toMatchObject({ outcome: 'not-listed', entries: [] });
  expect(await search('Иванов')).toMatchObject({ outcome: 'not-a-number' });
});
