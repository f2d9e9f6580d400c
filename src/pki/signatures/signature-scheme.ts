import type { DerElement } from '../der/der-element.ts';
import type { SignatureToVerify, SignatureVerdict } from './signature-verdict.ts';

/**
 * What is to be thought of an algorithm today; a fact for whoever judges, verification does not depend on it.
 * `weak`: its digest can be collided (MD5, SHA-1). `obsolete`: withdrawn by its standard.
 */
export type SignatureStrength = 'sound' | 'weak' | 'obsolete';

/** One signature algorithm, as its family's table has it. */
export interface SignatureScheme {
  /** As standards and programs name it. */
  readonly name: string;
  readonly strength: SignatureStrength;
  /** Where name and strength depend on the parameters. May throw {@link ProblemError} `der-invalid`. */
  describe?(parameters: DerElement | undefined): { name: string; strength: SignatureStrength } | undefined;
  /**
   * May throw {@link ProblemError} `der-invalid`, which means a malformed key.
   * @param parameters of the AlgorithmIdentifier
   */
  verify(input: SignatureToVerify, parameters: DerElement | undefined): SignatureVerdict;
}

export type SchemeTable = Readonly<Record<string, SignatureScheme>>;
