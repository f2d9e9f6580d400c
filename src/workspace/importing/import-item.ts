import type { FileFormat, ObjectKind } from '../../pki/recognition/recognised-file.ts';
import type { KnownCertificate, KnownList } from '../stores/known-certificate.ts';

/** What cannot be imported, by what it is or what is wrong with it; pages have a sentence and an advice for each. */
export type NotImportable =
  | Exclude<ObjectKind, 'certificate' | 'revocation-list' | 'signed-data' | 'pkcs12'>
  | FileFormat
  | 'empty'
  | 'text'
  | 'too-large'
  | 'damaged'
  /** PKCS#7 without a certificate or list in it. */
  | 'no-certificates'
  | 'pfx-damaged'
  | 'pfx-too-large'
  | 'pfx-too-much-work'
  | 'pfx-scheme-unsupported'
  | 'pfx-empty'
  | 'archive-damaged'
  | 'archive-encrypted'
  | 'archive-too-large'
  | 'archive-empty'
  | 'archive-in-archive'
  /** More than one import takes. */
  | 'too-many'
  /** The reader ran out of time or memory. */
  | 'reading-failed';

/** What was found in a file. Octets are of their own, not views of the file: they cross threads. */
export type ImportItem =
  | {
      readonly kind: 'certificate';
      /** Of the file, with the archive it was in. */
      readonly file: string;
      readonly certificate: KnownCertificate;
      /** Its key is in the same file, and stays there. */
      readonly hasKey: boolean;
    }
  | { readonly kind: 'list'; readonly file: string; readonly list: KnownList }
  /** A PFX that another password opens, or any password. */
  | { readonly kind: 'locked'; readonly file: string; readonly pfx: Uint8Array }
  | {
      readonly kind: 'not-importable';
      readonly file: string;
      readonly what: NotImportable;
      /** For those who know formats; in English. */
      readonly detail: string | undefined;
    };

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of a PFX. Undefined: the empty one is tried. */
  readonly password: string | undefined;
}
