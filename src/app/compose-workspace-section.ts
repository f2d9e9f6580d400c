import type { ConsoleSection } from '../console/options.ts';
import { createWorkspaceSection } from '../console/workspace/workspace-section.ts';
import { createImports } from '../workspace/importing/imports.ts';
import { createUploadReader } from '../workspace/importing/upload-reader.ts';
import type { Instance } from './instance.ts';

/** What was removed can come back for these many days. */
const BIN_DAYS = 30;
const DAY_MS = 86_400_000;
const PURGE_EVERY_MS = 3_600_000;

export interface WorkspaceSectionParts {
  readonly section: ConsoleSection;
  close(): Promise<void>;
}

/** The certificates that people keep. */
export function composeWorkspaceSection({ store, clock, random, logger }: Instance): WorkspaceSectionParts {
  const reader = createUploadReader();
  const imports = createImports({ port: store.workspace, reader, clock, random });
  const purge = () => {
    const before = new Date(clock.now().getTime() - BIN_DAYS * DAY_MS);
    store.workspace.purgeRemoved(before).catch((cause: unknown) => {
      logger.warn({ err: cause }, 'what was removed from workspaces is not purged yet');
    });
  };
  const timer = setInterval(purge, PURGE_EVERY_MS).unref();
  return {
    section: createWorkspaceSection({ port: store.workspace, imports }),
    close: async () => {
      clearInterval(timer);
      await reader.close();
    },
  };
}
