import type { Translation } from '../../ui/translation.ts';
import type { notImportableRu } from './not-importable-ru.ts';

export const notImportableEn: Translation<typeof notImportableRu> = {
  'certification-request':
    'This is a request for a certificate, not a certificate. Import the one that was issued for it.',
  'private-key': 'This is a private key, not a certificate. Keys are not kept here: give it to nobody.',
  'encrypted-private-key': 'This is an encrypted private key, not a certificate. Keys are not kept here.',
  'public-key':
    'This is a public key without a certificate. The file of the certificate is needed (.cer, .crt, .p7b).',
  'ocsp-request': 'This is a question about a certificate’s status (OCSP). The certificate itself is needed.',
  'ocsp-response': 'This is an answer about a certificate’s status (OCSP). The certificate itself is needed.',
  'encrypted-message': 'This is an encrypted message. Decrypt it with the program that it was sent with.',
  'attribute-certificate': 'This is an attribute certificate: they are not kept here.',
  'key-parameters': 'These are parameters of a key, not a certificate.',
  'ssh-key': 'This is an SSH key, not a certificate.',
  'pgp-message': 'These are data of PGP, not an X.509 certificate.',
  unknown:
    'This looks like neither a certificate nor a revocation list. Check that it is the right file, downloaded in full.',
  html: 'This is a web page, not a certificate. Probably the page was saved in place of the file: download the file again.',
  xml: 'This is an XML document, not a certificate.',
  pdf: 'This is a PDF document, not a certificate.',
  office: 'This is a document, not a certificate. If the certificate is attached to it, save that first.',
  rar: 'This is a RAR archive. Unpack it and import the files, or pack them as ZIP.',
  '7z': 'This is a 7z archive. Unpack it and import the files, or pack them as ZIP.',
  gzip: 'This is a gzip archive. Unpack it and import the files.',
  image: 'This is an image, not a certificate.',
  program: 'This is a program, not a certificate. Do not start it unless you know where it comes from.',
  empty: 'The file is empty. Download it again.',
  text: 'This is plain text without a certificate. In a text, a certificate begins with the line “-----BEGIN CERTIFICATE-----”.',
  'too-large': 'The file is larger than 64 MB. No certificate or list is.',
  damaged:
    'It cannot be read: it is damaged, was not downloaded in full or breaks the rules of such files. Get it again; if that does not help, send the detail of this line to whoever gave it to you.',
  'no-certificates':
    'There are neither certificates nor revocation lists in the file: it is only a signature.',
  'pfx-damaged': 'The PFX file is damaged or was not downloaded in full. Get it again.',
  'pfx-too-large': 'The PFX file is larger than 1 MB. Save it again with the certificate you need alone.',
  'pfx-too-much-work':
    'Checking the password of this PFX file takes too long. Save it again with ordinary settings.',
  'pfx-scheme-unsupported':
    'This PFX file is encrypted in a way that cannot be opened here. Export the certificate without its key (.cer) from the same program.',
  'pfx-empty': 'There are no certificates in the PFX file, only a key.',
  'archive-damaged': 'The archive is damaged or was not downloaded in full.',
  'archive-encrypted': 'The archive has a password. Unpack it and import the files.',
  'archive-too-large':
    'There are more than 1,000 files or 128 MB in the archive. Unpack it and import the files you need.',
  'archive-empty': 'There are no files in the archive.',
  'archive-in-archive': 'An archive inside an archive. Unpack the outer one and import the inner one.',
  'too-many': 'There are more than 10,000 certificates in the file; the rest was not read. Divide it.',
  'reading-failed':
    'The file could not be read: it took too much time or memory. Import the certificates in it one by one.',
};
