import type { Spread } from '../measure/statistics.ts';
import type { Row } from './row.ts';

const HEADINGS = ['scenario', 'unit', 'ours', 'peer', 'ratio', 'aim', 'met'] as const;

/** A table of Markdown that also reads well on a terminal: columns are as wide as their widest cell. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [
    [...HEADINGS],
    ...rows.map((row) => [
      row.scenario,
      row.unit,
      formatSpread(row.ours),
      row.peer === undefined ? '' : `${formatSpread(row.peer.value)} ${row.peer.name}`,
      row.ratio === undefined ? '' : formatSpread(row.ratio),
      row.aim?.text ?? '',
      row.aim === undefined ? '' : row.aim.met ? 'met' : 'NOT MET',
    ]),
  ];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

/** The median, with lowest and highest in brackets. */
function formatSpread({ median, lowest, highest }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(lowest)}-${formatNumber(highest)})`;
}

function formatNumber(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
