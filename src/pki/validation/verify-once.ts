/** Each signature is verified once for each key, however many paths it lies on. */
import type { SignatureToVerify, SignatureVerdict } from '../signatures/signature-verdict.ts';
import { verifySignature } from '../signatures/verify-signature.ts';
import type { PathServices } from './path-inputs.ts';
import type { WorkBudget } from './work-budget.ts';

/** By identity of the octets signed: they are views of parsed values, which live as long as the question. */
export function verifyOnce(budget: WorkBudget): PathServices['verify'] {
  const verdicts = new WeakMap<Uint8Array, Map<string, SignatureVerdict>>();
  return (input: SignatureToVerify) => {
    const key = Buffer.from(input.subjectPublicKeyInfo).toString('latin1');
    const known = verdicts.get(input.signedBytes)?.get(key);
    if (known) return known;
    if (!budget.spend('signatures')) return undefined;
    const verdict = verifySignature(input);
    const byKey = verdicts.get(input.signedBytes);
    if (byKey) byKey.set(key, verdict);
    else verdicts.set(input.signedBytes, new Map([[key, verdict]]));
    return verdict;
  };
}
