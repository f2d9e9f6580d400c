import { dssSection } from './dss/section.ts';
import type { ConsoleSection } from './section.ts';
import { sessionsSection } from './sessions/section.ts';
import { workspaceSection } from './workspace/section.ts';

/** What this console is made of; each section is a folder of its own. */
export const SECTIONS: readonly ConsoleSection[] = [workspaceSection, dssSection, sessionsSection];
