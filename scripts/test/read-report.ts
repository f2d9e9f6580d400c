/** What a stage adds to the last line, and the names that the summary lists. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Counts a report of Vitest's JSON reporter. A test that did not run (skipped, todo) counts as failed, and so does a
 * file that could not be loaded: neither may look like success.
 * @param text the report, undefined where Vitest wrote none
 * @param ending what is wrong with how Vitest itself ended, if anything
 * @param root the folder that file names are shown relative to
 */
export function readVitestReport(
  text: string | undefined,
  ending: string | undefined,
  root: string,
): Outcome {
  const report = text === undefined ? undefined : parseReport(text);
  if (report === undefined) {
    return { passed: 0, failures: [`no test report was written${ending ? `: vitest ${ending}` : ''}`] };
  }
  let passed = 0;
  const failures: string[] = [];
  for (const file of report.testResults) {
    const name = file.name.startsWith(`${root}/`) ? file.name.slice(root.length + 1) : file.name;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failures.push(`${name}: ${test.fullName}${test.status === 'failed' ? '' : ` (${test.status})`}`);
    }
    if (file.status !== 'passed' && file.assertionResults.every((test) => test.status === 'passed')) {
      const reason = file.message?.split('\n')[0];
      failures.push(`${name}: the file failed outside its tests${reason ? `: ${reason}` : ''}`);
    }
  }
  if (passed === 0 && failures.length === 0) failures.push('no test was executed');
  if (ending !== undefined && failures.length === 0) failures.push(`vitest ${ending}`);
  return { passed, failures };
}

function parseReport(text: string): VitestReport | undefined {
  try {
    const report: unknown = JSON.parse(text);
    const complete =
      typeof report === 'object' &&
      report !== null &&
      'testResults' in report &&
      Array.isArray(report.testResults);
    return complete ? (report as VitestReport) : undefined;
  } catch {
    return undefined;
  }
}
