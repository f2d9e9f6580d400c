/** What verifying a signature can say. Every answer but `verified` means: proves nothing. */
export type SignatureVerdict =
  | 'verified'
  /** The signature was made with another key or over other bytes. */
  | 'mismatch'
  | 'unsupported-algorithm'
  /** The algorithm is known, the parameters of the key (a curve, a parameter set) are not. */
  | 'unsupported-key'
  | 'malformed-algorithm'
  | 'malformed-key'
  /** The key is of another kind than the algorithm, or has no parameters where it needs its own. */
  | 'key-of-another-algorithm';

export interface SignatureToVerify {
  /** `AlgorithmIdentifier` in DER (RFC 5280, 4.1.1.2). */
  readonly signatureAlgorithm: Uint8Array;
  /** `SubjectPublicKeyInfo` in DER; inherited parameters (RFC 5280, 6.1.4 (f)) are already in it. */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** As received. */
  readonly signedBytes: Uint8Array;
  /** The octets of the BIT STRING. */
  readonly signature: Uint8Array;
}
