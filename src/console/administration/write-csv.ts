/**
 * A cell that a spreadsheet shows as it is. What begins like a formula gets an apostrophe: `=`, `+`, `-`, `@`, and the
 * tabulator and carriage return, which spreadsheets skip before they look (OWASP, "CSV Injection").
 */
export function formatCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\r\n\t]/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Semicolons, as spreadsheets in Russian expect them. */
export function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(';')}\r\n`;
}
