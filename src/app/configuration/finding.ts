/** One mistake in the configuration, said so that it can be mended without reading the source. */
export interface ConfigurationFinding {
  /** The option, for example `applications[0].upstream`, or the environment variable that set it. */
  readonly option: string;
  /** What is wrong, what is allowed, what was found; a full sentence without the option's name. */
  readonly message: string;
}

export function formatFindings(findings: readonly ConfigurationFinding[]): string {
  return findings.map(({ option, message }) => `  ${option}: ${message}`).join('\n');
}

/** A value as a message shows it: short, on one line. */
export function showFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
