import type { CertificateView } from '../../../src/portal/contract.ts';

/**
 * Whether the person has said that the file is deleted everywhere. Kept in this browser only: it is a reminder, nobody's
 * business but theirs, and a new certificate asks anew.
 */
const PREFIX = 'propusk-file-deleted-';

function memoryKey(view: CertificateView): string | undefined {
  return view.current === null ? undefined : `${PREFIX}${view.current.serialTail}-${view.current.issuedAt}`;
}

export function isFileDeleted(view: CertificateView): boolean {
  const key = memoryKey(view);
  if (key === undefined) return false;
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function rememberFileDeleted(view: CertificateView): void {
  const key = memoryKey(view);
  if (key === undefined) return;
  try {
    localStorage.setItem(key, '1');
  } catch {
    // The advice then comes back at the next visit.
  }
}
