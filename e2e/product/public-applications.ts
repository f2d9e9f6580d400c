import { createRequire } from 'node:module';
import type { Lab } from '../harness/lab.ts';
import { startProcessGroup } from '../harness/process-group.ts';
import { runToSuccess } from '../harness/run-command.ts';
import { waitUntil } from '../harness/wait-until.ts';

const require = createRequire(import.meta.url);
const TIDDLYWIKI = require.resolve('tiddlywiki/tiddlywiki.js');
/** Of Debian's package `adminer`. */
const ADMINER = '/usr/share/adminer';

/** TiddlyWiki: one page of several megabytes, compressed, that saves over XMLHttpRequest. */
export async function startTiddlyWiki(lab: Lab, port: number): Promise<string> {
  const folder = `${lab.directory}/wiki`;
  await runToSuccess(process.execPath, [TIDDLYWIKI, folder, '--init', 'server']);
  return start(lab, 'tiddlywiki', port, [
    process.execPath,
    ...[TIDDLYWIKI, folder, '--listen', 'host=127.0.0.1', `port=${port}`, 'gzip=yes'],
  ]);
}

/** Adminer: pages without head and body, and a policy with nonces and 'strict-dynamic'. */
export function startAdminer(lab: Lab, port: number): Promise<string> {
  return start(lab, 'adminer', port, ['php', '-S', `127.0.0.1:${port}`, '-t', ADMINER]);
}

async function start(lab: Lab, name: string, port: number, command: readonly string[]): Promise<string> {
  const [program = '', ...args] = command;
  const logFile = `${lab.directory}/${name}.log`;
  const group = await startProcessGroup(program, args, { logFile });
  lab.onClose(() => group.kill());
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(
    async () => {
      if (!group.isRunning()) throw new Error(`${name} ended:\n${await group.log()}`);
      return (await fetch(url).catch(() => undefined)) && true;
    },
    { what: `${name} to answer`, timeoutMs: 30_000 },
  );
  return url;
}
