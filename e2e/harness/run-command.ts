import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** A program that runs longer is killed. */
  readonly timeoutMs?: number;
}

/**
 * Runs a program to its end and hands back what it said, whatever its exit code.
 *
 * @throws Error when it cannot be started, was killed by a signal, or took too long
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const child = spawn(command, args, {
    env: { ...process.env, ...options.env },
    timeout: options.timeoutMs ?? 30_000,
    killSignal: 'SIGKILL',
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.once('error', reject);
  child.once('close', (exitCode, signal) => {
    const said = Buffer.concat(stderr).toString('utf8');
    if (exitCode === null) reject(new Error(`${command} ${args.join(' ')}: ended by ${signal}: ${said}`));
    else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: said });
  });
  // A program may end without reading its input; that is no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return promise;
}

/** As {@link runCommand}, for programs that are expected to succeed: any other exit code than 0 throws with their own words. */
export async function runToSuccess(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(command, args, options);
  const stdout = result.stdout.toString('utf8');
  if (result.exitCode !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit code ${result.exitCode}\n${result.stderr}${stdout}`);
  }
  return stdout;
}
