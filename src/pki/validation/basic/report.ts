import type { PathReason } from '../reasons.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export type ReasonWithoutPlace = DistributiveOmit<PathReason, 'certificate' | 'clause'>;

/** @param clause of RFC 5280 */
export type Report = (clause: string, reason: ReasonWithoutPlace) => void;

export function reporter(reasons: PathReason[], certificate: number): Report {
  return (clause, reason) => reasons.push({ ...reason, certificate, clause: `RFC 5280, ${clause}` });
}
