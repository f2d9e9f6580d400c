import type { FetchState, StatusRow } from '../../workspace/status/ports.ts';
import type { JournalEntryView } from './contract.ts';

export interface ReportParts {
  readonly now: Date;
  readonly productName: string;
  readonly version: string;
  readonly userAgent: string;
  readonly entry: JournalEntryView | undefined;
  readonly status: StatusRow | undefined;
  readonly fetches: readonly FetchState[];
}

/** Public parts only: nothing in it opens anything. Names and codes as they are, so that support finds them. */
export function writeReport({
  now,
  productName,
  version,
  userAgent,
  entry,
  status,
  fetches,
}: ReportParts): string {
  const lines = [
    `${productName} ${version}, Node ${process.version}`,
    `Time: ${now.toISOString()}`,
    `Browser: ${userAgent}`,
  ];
  if (entry) {
    lines.push(
      '',
      `Event ${entry.sequence}: ${entry.type} (${entry.section}, ${entry.level})`,
      `At: ${entry.at}`,
    );
    lines.push(...entry.objects.map(({ name, sha256 }) => `Object: ${name} ${sha256 ?? ''}`.trimEnd()));
    lines.push(...entry.details.map(({ name, value }) => `${name}: ${value}`));
  }
  if (status) {
    const { detail } = status;
    lines.push(
      '',
      `Certificate: ${status.owner}`,
      `SHA-256: ${status.sha256}`,
      `Valid until: ${status.notAfter.toISOString()}`,
      `State: ${status.state}${status.reason === undefined ? '' : `, ${status.reason}`}`,
      `Checked: ${status.checkedAt?.toISOString() ?? 'not yet'}`,
    );
    if (detail?.facts.rule !== undefined) lines.push(`Rule: ${detail.facts.rule}`);
    if (detail?.culprit) lines.push(`Caused by: ${detail.culprit.name} ${detail.culprit.sha256}`);
    lines.push('', 'Chain, from the root:');
    for (const level of detail?.chain ?? []) {
      const trust = level.isTrusted ? ', trusted' : '';
      const why = level.reason === undefined ? '' : `, ${level.reason}`;
      lines.push(`- ${level.name} (until ${level.notAfter}): ${level.state}${why}${trust} ${level.sha256}`);
    }
    lines.push('', 'Revocation lists:');
    for (const list of detail?.lists ?? []) {
      lines.push(`- ${list.issuer}: from ${list.thisUpdate} until ${list.nextUpdate ?? '?'} ${list.sha256}`);
    }
    lines.push('', 'Addresses:');
    for (const { url, outcome, category, lastAt, durationMs } of fetches) {
      const why = category === undefined ? '' : `, ${category}`;
      lines.push(
        `- ${url}: ${outcome ?? 'waiting'}${why}, ${lastAt?.toISOString() ?? 'never'}, ${durationMs ?? '?'} ms`,
      );
    }
    for (const url of detail?.skippedUrls ?? []) lines.push(`- ${url}: skipped, not http`);
  }
  return `${lines.join('\n')}\n`;
}
