import type { CertificateSummary } from '../../../src/portal/contract.ts';

export type ComparedLine = 'subject' | 'notBefore' | 'serialTail';

/**
 * The first line by which the two can be told apart in the browser's list; undefined where they are alike. Marking more
 * than one would hide the one to look at.
 */
export function differingLine(
  presented: CertificateSummary,
  expected: CertificateSummary,
  day: (instant: string) => string,
): ComparedLine | undefined {
  if (presented.subject !== expected.subject) return 'subject';
  if (day(presented.notBefore) !== day(expected.notBefore)) return 'notBefore';
  if (presented.serialTail !== expected.serialTail) return 'serialTail';
  return undefined;
}
