/** Of RFC 5280, section 5.3.1, those that a person's certificate is revoked for, in its spelling. */
export const REASONS = [
  'cessationOfOperation',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'privilegeWithdrawn',
] as const;
