import { ProblemError } from '../kernel/problem.ts';

/** The `ETag` of something that is edited (RFC 9110, section 8.8.3): its revision as a strong tag. */
export function formatRevision(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that the person saw when they began to edit (RFC 9110, section 13.1.1). `*` would overwrite whatever is
 * there, and is no answer to that question.
 * @throws {ProblemError} `revision-required`
 */
export function requireRevision(headers: { readonly 'if-match'?: string | undefined }): number {
  const revision = /^"(\d{1,15})"$/.exec(headers['if-match']?.trim() ?? '')?.[1];
  if (revision === undefined) throw new ProblemError('revision-required');
  return Number(revision);
}
