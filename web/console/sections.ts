import { administrationSection } from './administration/section.ts';
import { auditLogSection } from './audit-log/section.ts';
import { authoritySection } from './authority/section.ts';
import { dssSection } from './dss/section.ts';
import { eventsSection } from './events/section.tsx';
import { journalSection } from './journal/section.ts';
import { overviewSection } from './overview/section.ts';
import { refusalsSection } from './refusals/section.ts';
import type { ConsoleSection } from './section.ts';
import { sessionsSection } from './sessions/section.ts';
import { statusSection } from './status/section.tsx';
import { workspaceSection } from './workspace/section.ts';

/** What this console is made of; each section is a folder of its own. */
export const SECTIONS: readonly ConsoleSection[] = [
  workspaceSection,
  statusSection,
  eventsSection,
  journalSection,
  dssSection,
  sessionsSection,
  administrationSection,
  overviewSection,
  refusalsSection,
  auditLogSection,
  authoritySection,
];
