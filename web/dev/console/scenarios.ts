import { administrationScenarios } from './administration-scenarios.ts';
import { dssScenarios } from './dss-scenarios.ts';
import { operationsScenarios } from './operations-scenarios.ts';
import type { ConsoleScenario } from './scenario.ts';
import { sessionsScenarios } from './sessions-scenarios.ts';
import { statusScenarios } from './status-scenarios.ts';
import { workspaceScenarios } from './workspace-scenarios.ts';

/** Every state of every page of the console, by name. */
export const CONSOLE_SCENARIOS: Readonly<Record<string, ConsoleScenario>> = {
  ...dssScenarios,
  ...sessionsScenarios,
  ...operationsScenarios,
  ...administrationScenarios,
  ...statusScenarios,
  ...workspaceScenarios,
};
