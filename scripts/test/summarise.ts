import type { Outcome } from './read-report.ts';

export interface StageResult extends Outcome {
  readonly title: string;
  readonly seconds: number;
}

/** A table of the stages, the names of what failed, and one plain last line for people and programs. */
export function summarise(results: readonly StageResult[]): { readonly text: string; readonly ok: boolean } {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failures = results.flatMap((result) =>
    result.failures.map((failure) => `${result.title}: ${failure}`),
  );
  // Nothing executed is a failure, whatever the reason.
  if (passed === 0 && failures.length === 0) failures.push('nothing was executed');
  const width = Math.max(0, ...results.map((result) => result.title.length));
  const lines = results.map((result) => {
    const counts = `${String(result.passed).padStart(6)} passed${String(result.failures.length).padStart(5)} failed`;
    return `${result.title.padEnd(width)}${counts}${result.seconds.toFixed(1).padStart(9)} s`;
  });
  if (failures.length > 0) lines.push('', 'Failed:', ...failures.map((failure) => `  ${failure}`));
  lines.push('', `${passed} passed, ${failures.length} failed`);
  return { text: lines.join('\n'), ok: failures.length === 0 };
}
