import { describe, expect, test } from 'vitest';
import { readVitestReport } from './read-report.ts';

const report = (...testResults: object[]): string => JSON.stringify({ testResults });
const passing = { fullName: 'the gate refuses', status: 'passed' };

describe('reading a report of Vitest', () => {
  test('counts passed tests and names failed ones with their file', () => {
    const text = report(
      { name: '/p/src/a.test.ts', status: 'passed', assertionResults: [passing, passing] },
      {
        name: '/p/src/b.test.ts',
        status: 'failed',
        assertionResults: [passing, { fullName: 'the gate permits', status: 'failed' }],
      },
    );
    expect(readVitestReport(text, 'ended with code 1', '/p')).toEqual({
      passed: 3,
      failures: ['src/b.test.ts: the gate permits'],
    });
  });

  test.each(['skipped', 'pending', 'todo'])('a test that is %s counts as failed', (status) => {
    const text = report({
      name: '/p/a.test.ts',
      status: 'passed',
      assertionResults: [passing, { fullName: 'later', status }],
    });
    expect(readVitestReport(text, undefined, '/p')).toEqual({
      passed: 1,
      failures: [`a.test.ts: later (${status})`],
    });
  });

  test('a file that could not be loaded counts as failed', () => {
    const text = report({
      name: '/p/a.test.ts',
      status: 'failed',
      message: 'Cannot find module\n  at somewhere',
      assertionResults: [],
    });
    expect(readVitestReport(text, 'ended with code 1', '/p').failures).toEqual([
      'a.test.ts: the file failed outside its tests: Cannot find module',
    ]);
  });

  test('no executed test is a failure', () => {
    expect(readVitestReport(report(), undefined, '/p')).toEqual({
      passed: 0,
      failures: ['no test was executed'],
    });
  });

  test.each([
    ['no report', undefined],
    ['a report cut short', '{"testResults":[{"na'],
    ['something else', '[]'],
  ])('%s is a failure', (_, text) => {
    expect(readVitestReport(text, 'was ended by SIGKILL', '/p')).toEqual({
      passed: 0,
      failures: ['no test report was written: vitest was ended by SIGKILL'],
    });
  });

  test('an error outside every test is not hidden by tests that pass', () => {
    const text = report({ name: '/p/a.test.ts', status: 'passed', assertionResults: [passing] });
    expect(readVitestReport(text, 'ended with code 1', '/p')).toEqual({
      passed: 1,
      failures: ['vitest ended with code 1'],
    });
  });
});
