import type { PathOutcome } from '../path-inputs.ts';

/** `2 certificate-expired`; `2 revocation-unknown: list-missing`: short enough for tables. */
export function describeReasons({ reasons }: PathOutcome): readonly string[] {
  return reasons.map((reason) => {
    const gaps = reason.code === 'revocation-unknown' ? reason.gaps.map(({ code }) => code) : [];
    return `${reason.certificate} ${reason.code}${gaps.length === 0 ? '' : `: ${gaps.join(', ')}`}`;
  });
}
