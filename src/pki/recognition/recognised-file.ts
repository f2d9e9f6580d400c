/** What a file that a person brings is, so that the page can say it in their words. */

export type ObjectKind =
  | 'certificate'
  | 'revocation-list'
  /** PKCS#7 with certificates or a signature. */
  | 'signed-data'
  /** PFX, P12. */
  | 'pkcs12'
  | 'certification-request'
  | 'private-key'
  | 'encrypted-private-key'
  | 'public-key'
  | 'ocsp-request'
  | 'ocsp-response'
  /** PKCS#7 that is encrypted for somebody. */
  | 'encrypted-message'
  | 'attribute-certificate'
  | 'key-parameters'
  | 'ssh-key'
  | 'pgp-message'
  /** Well-formed and none of the above. */
  | 'unknown';

export interface RecognisedObject {
  readonly kind: ObjectKind;
  /** Empty for what must not be kept (keys) and for what is no DER (SSH, PGP). */
  readonly der: Uint8Array;
  /** Of a PEM block. */
  readonly label?: string;
  /** Set when it was announced as this and is not readable as such. */
  readonly damage?: 'base64' | 'cut-off' | 'not-der';
}

export type FileFormat = 'html' | 'xml' | 'pdf' | 'office' | 'rar' | '7z' | 'gzip' | 'image' | 'program';

export type RecognisedFile =
  /** At least one object. `base64`: text without the lines of PEM around it. */
  | {
      readonly kind: 'objects';
      readonly form: 'der' | 'pem' | 'base64';
      readonly objects: readonly RecognisedObject[];
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'zip' }
  /** A page that was saved instead of what it offers, a document, another archive. */
  | { readonly kind: 'other-format'; readonly format: FileFormat }
  | { readonly kind: 'text' }
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | { readonly kind: 'unknown' };
