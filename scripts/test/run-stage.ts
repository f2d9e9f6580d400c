import { spawn } from 'node:child_process';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole process group is killed after this. */
  readonly limitMinutes: number;
}

export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'too-slow'; readonly limitMinutes: number }
  | { readonly kind: 'not-started'; readonly message: string };

/**
 * Runs one command with its output going straight through and nothing on its stdin. What it leaves running (a
 * browser, a virtual screen) is killed with its process group, so that a stage cannot disturb the next one.
 */
export function runCommand(command: Command): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: { ...process.env, CI: 'true', ...plainText() },
    });
    let tooSlow = false;
    const killGroup = (signal: NodeJS.Signals): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The group is empty: everything ended by itself.
      }
    };
    const interrupted = (signal: NodeJS.Signals): void => {
      killGroup('SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    const timer = setTimeout(() => {
      tooSlow = true;
      killGroup('SIGKILL');
    }, command.limitMinutes * 60_000);
    const finish = (ending: Ending): void => {
      clearTimeout(timer);
      killGroup('SIGKILL');
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve(tooSlow ? { kind: 'too-slow', limitMinutes: command.limitMinutes } : ending);
    };
    child.once('error', (error) => finish({ kind: 'not-started', message: error.message }));
    child.once('exit', (code, signal) =>
      finish(code === null ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    );
  });
}

/** Programs colour their output when CI is set; a file or a build server's page gets plain text. */
function plainText(): { readonly NO_COLOR?: '1' } {
  return process.stdout.isTTY || process.env.FORCE_COLOR !== undefined ? {} : { NO_COLOR: '1' };
}

/** What to say about an ending; undefined where there is nothing to say. */
export function describeEnding(ending: Ending): string | undefined {
  switch (ending.kind) {
    case 'exited':
      return ending.code === 0 ? undefined : `ended with code ${ending.code}`;
    case 'killed':
      return `was ended by ${ending.signal}`;
    case 'too-slow':
      return `took longer than ${ending.limitMinutes} minutes`;
    case 'not-started':
      return `could not be started: ${ending.message}`;
  }
}
