import { expect, test } from 'vitest';
import { toCsv } from './export-journal.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula in a spreadsheet', (name) => {
  const csv = toCsv([
    {
      sequence: 1,
      at: '2026-11-22T09:30:00.000Z',
      type: 'workspace-imported',
      section: 'certificates',
      level: 'information',
      by: 'own',
      objects: [{ sha256: null, name }],
      details: [{ name: 'source', value: 'a "quoted" file' }],
    },
  ]);
  expect(csv).toContain(`"'${name}"`);
  expect(csv).toContain('"source: a ""quoted"" file"');
  expect(csv.startsWith('\ufeff"time"')).toBe(true);
});
