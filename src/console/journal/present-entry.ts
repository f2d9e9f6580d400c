import type { AccountId } from '../../kernel/brand.ts';
import type { JournalEntry, OwnJournalPort } from '../../workspace/events/ports.ts';
import { levelOf, sectionOf } from './classify-event.ts';
import { type JournalEntryView, LEFT_OUT } from './contract.ts';

const NAMED_MAX = 20;
const leftOut: ReadonlySet<string> = new Set(LEFT_OUT);

/** @param entries of this account */
export async function presentEntries(
  entries: readonly JournalEntry[],
  port: Pick<OwnJournalPort, 'readNames'>,
  accountId: AccountId,
): Promise<JournalEntryView[]> {
  const names = await port.readNames(accountId, entries.flatMap(fingerprintsOf));
  return entries.flatMap((entry): JournalEntryView[] => {
    const { event, actor } = entry;
    const section = sectionOf(event.type);
    if (section === undefined) return [];
    return [
      {
        sequence: entry.sequence,
        at: entry.at.toISOString(),
        type: event.type,
        section,
        level: levelOf(event),
        by:
          actor.kind === 'account'
            ? actor.accountId === accountId
              ? 'own'
              : 'other'
            : actor.kind === 'system'
              ? 'system'
              : 'other',
        objects: fingerprintsOf(entry)
          .slice(0, NAMED_MAX)
          .map((sha256) => ({ sha256, name: names.get(sha256) ?? sha256 })),
        details: Object.entries(event)
          .filter(([name]) => !leftOut.has(name))
          .map(([name, value]) => ({ name, value: textOf(value) })),
      },
    ];
  });
}

function fingerprintsOf({ event }: JournalEntry): readonly string[] {
  if ('sha256' in event) return [event.sha256];
  return 'sha256s' in event ? event.sha256s : [];
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : JSON.stringify(value);
}

/** Plain text, in everything that a line says. */
export function isMatch(entry: JournalEntryView, text: string): boolean {
  const wanted = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const said = [
    entry.type,
    ...entry.objects.flatMap(({ sha256, name }) => [sha256 ?? '', name]),
    ...entry.details.map(({ value }) => value),
  ]
    .join('\n')
    .toLowerCase();
  return wanted.every((word) => said.includes(word));
}
