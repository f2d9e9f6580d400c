import { readFileSync } from 'node:fs';
import { createEventsSection } from '../console/events/events-section.ts';
import { createJournalSection } from '../console/journal/journal-section.ts';
import type { ConsoleSection } from '../console/options.ts';
import { createStatusSection } from '../console/status/status-section.ts';
import type { Instance } from './instance.ts';

/** What is known about people's certificates, what they are told, and their journal. */
export function composeStatusSections({ configuration, store }: Instance): readonly ConsoleSection[] {
  return [
    createStatusSection({ port: store.status, workspace: store.workspace }),
    createEventsSection({ port: store.notifications, notices: store.reminders }),
    createJournalSection({
      port: store.ownJournal,
      status: store.status,
      version: readVersion(),
      supportEmail: configuration.values.support?.email,
    }),
  ];
}

function readVersion(): string {
  // From src/app and from dist/app alike.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
