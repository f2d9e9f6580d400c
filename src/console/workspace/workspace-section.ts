import type { Imports } from '../../workspace/importing/imports.ts';
import type { WorkspaceChangePort, WorkspacePort } from '../../workspace/stores/ports.ts';
import type { ConsoleSection } from '../options.ts';
import { registerChangeRoutes } from './change-routes.ts';
import { registerImportRoutes } from './import-routes.ts';
import { registerListRoutes } from './list-routes.ts';

export interface WorkspaceSectionOptions {
  readonly port: WorkspacePort & WorkspaceChangePort;
  readonly imports: Imports;
}

/** «Сертификаты»: what a person keeps. */
export function createWorkspaceSection(options: WorkspaceSectionOptions): ConsoleSection {
  return {
    name: 'workspace',
    register(app, context) {
      registerListRoutes(app, options, context);
      registerChangeRoutes(app, options, context);
      registerImportRoutes(app, options);
    },
  };
}
