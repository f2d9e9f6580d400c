/** Reads what a person brings, whatever it is. Takes its time and memory: runs in a worker thread. */
import { ProblemError } from '../../kernel/problem.ts';
import { readSignedData } from '../../pki/cms/read-signed-data.ts';
import { buildRevocationListIndex, openRevocationListIndex } from '../../pki/crl/large-revocation-list.ts';
import { readPkcs12 } from '../../pki/pkcs12/read-pkcs12.ts';
import { recogniseFile } from '../../pki/recognition/recognise-file.ts';
import type { RecognisedObject } from '../../pki/recognition/recognised-file.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import { describeCertificate, describeList } from '../stores/describe-certificate.ts';
import type { ImportItem, NotImportable, UploadedFile } from './import-item.ts';
import { unpackArchive } from './unpack-archive.ts';

const MAX_ITEMS = 10_000;

/** Never throws for any file. */
export function readUpload(upload: UploadedFile): readonly ImportItem[] {
  const items: ImportItem[] = [];
  for (const item of itemsOf(upload, 'outside')) {
    if (items.length >= MAX_ITEMS) {
      items.push({
        kind: 'not-importable',
        file: nameOf(upload.name),
        what: 'too-many',
        detail: `more than ${MAX_ITEMS}`,
      });
      break;
    }
    items.push(item);
  }
  return items;
}

function* itemsOf(upload: UploadedFile, where: 'outside' | 'in-archive'): Generator<ImportItem> {
  const { bytes, password } = upload;
  const name = nameOf(upload.name);
  const not = (what: NotImportable, detail?: string): ImportItem => ({
    kind: 'not-importable',
    file: name,
    what,
    detail: detail === undefined ? undefined : displayText(detail),
  });
  const file = recogniseFile(bytes);
  switch (file.kind) {
    case 'objects':
      for (const object of file.objects) yield* itemsOfObject(object, name, password, not);
      return;
    case 'zip': {
      if (where === 'in-archive') {
        yield not('archive-in-archive');
        return;
      }
      const unpacked = unpackArchive(bytes);
      if (unpacked.kind === 'refused') {
        yield not(unpacked.what, unpacked.detail);
        return;
      }
      for (const inside of unpacked.files) {
        yield* itemsOf({ name: `${name}/${inside.name}`, bytes: inside.bytes, password }, 'in-archive');
      }
      return;
    }
    case 'other-format':
      yield not(file.format);
      return;
    default:
      yield not(file.kind);
  }
}

type Not = (what: NotImportable, detail?: string) => ImportItem;

function* itemsOfObject(
  { kind, der, damage }: RecognisedObject,
  file: string,
  password: string | undefined,
  not: Not,
): Generator<ImportItem> {
  switch (kind) {
    case 'certificate':
      yield damage === undefined ? certificateItem(der, file, false, not) : not('damaged', damage);
      return;
    case 'revocation-list':
      yield damage === undefined ? listItem(der, file, not) : not('damaged', damage);
      return;
    case 'signed-data':
      if (damage === undefined) yield* itemsOfSignedData(der, file, not);
      else yield not('damaged', damage);
      return;
    case 'pkcs12':
      yield* itemsOfPkcs12(der, file, password, not);
      return;
    default:
      yield not(kind);
  }
}

function* itemsOfSignedData(der: Uint8Array, file: string, not: Not): Generator<ImportItem> {
  let data: ReturnType<typeof readSignedData>;
  try {
    data = readSignedData(der);
  } catch (error) {
    yield not('damaged', detailOf(error));
    return;
  }
  if (data.certificatesDer.length + data.revocationListsDer.length === 0) yield not('no-certificates');
  for (const each of data.certificatesDer) yield certificateItem(each, file, false, not);
  for (const each of data.revocationListsDer) yield listItem(each, file, not);
}

function* itemsOfPkcs12(
  pfx: Uint8Array,
  file: string,
  password: string | undefined,
  not: Not,
): Generator<ImportItem> {
  const reading = readPkcs12(pfx, password ?? '');
  if (reading.kind === 'refused') {
    const { reason, detail } = reading;
    if (reason === 'password-wrong') yield { kind: 'locked', file, pfx: Uint8Array.from(pfx) };
    else if (reason === 'not-pkcs12') yield not('pfx-damaged', detail);
    else yield not(`pfx-${reason}`, detail);
    return;
  }
  const { certificates, revocationListsDer } = reading;
  if (certificates.length + revocationListsDer.length === 0) yield not('pfx-empty');
  for (const { certificateDer, hasKey } of certificates) {
    yield certificateItem(certificateDer, file, hasKey, not);
  }
  for (const each of revocationListsDer) yield listItem(each, file, not);
}

function certificateItem(der: Uint8Array, file: string, hasKey: boolean, not: Not): ImportItem {
  try {
    return { kind: 'certificate', file, certificate: describeCertificate(der), hasKey };
  } catch (error) {
    return not('damaged', detailOf(error));
  }
}

function listItem(der: Uint8Array, file: string, not: Not): ImportItem {
  try {
    const index = buildRevocationListIndex(Uint8Array.from(der), []);
    return { kind: 'list', file, list: describeList(openRevocationListIndex(index)) };
  } catch (error) {
    return not('damaged', detailOf(error));
  }
}

function detailOf(error: unknown): string {
  if (error instanceof ProblemError) return error.detail ?? error.message;
  throw error;
}

/** Paths and names of files are shown too. */
function nameOf(name: string): string {
  return displayText(name.slice(-200));
}
