/**
 * Runs the stages of `make test` one after another; a stage that fails does not hide the later ones. The last line is
 * `N passed, N failed`; the exit code is 1 when anything failed or nothing was executed.
 *
 *     node scripts/test.ts                 all stages
 *     node scripts/test.ts --quick         without the build and the browsers
 *     node scripts/test.ts build e2e       only these
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Outcome, readVitestReport } from './test/read-report.ts';
import { describeEnding, runCommand } from './test/run-stage.ts';
import { STAGES, type Stage } from './test/stages.ts';
import { summarise } from './test/summarise.ts';

const root = resolve(import.meta.dirname, '..');

async function runStage(stage: Stage): Promise<Outcome> {
  if (stage.report !== undefined) await rm(resolve(root, stage.report), { force: true });
  const wrong: string[] = [];
  for (const [program, ...args] of stage.commands) {
    const ending = describeEnding(await runCommand({ program, args, limitMinutes: stage.limitMinutes }));
    if (ending !== undefined) wrong.push(`${[program, ...args].join(' ')} ${ending}`);
  }
  if (stage.report === undefined)
    return wrong.length === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [wrong.join('; ')] };
  const text = await readFile(resolve(root, stage.report), 'utf8').catch(() => undefined);
  return readVitestReport(text, wrong[0], root);
}

function chooseStages(args: readonly string[]): readonly Stage[] {
  const unknown = args.filter((arg) => arg !== '--quick' && !STAGES.some((stage) => stage.key === arg));
  if (unknown.length > 0) {
    const known = STAGES.map((stage) => stage.key).join(', ');
    console.error(`unknown stage ${unknown.join(', ')}; known: ${known}, and --quick`);
    process.exit(2);
  }
  if (args.length === 0) return STAGES;
  return STAGES.filter((stage) => args.includes(stage.key) || (args.includes('--quick') && stage.quick));
}

process.chdir(root);
await mkdir('test-results', { recursive: true });
const results = [];
for (const stage of chooseStages(process.argv.slice(2))) {
  console.log(`\n── ${stage.title} ${'─'.repeat(Math.max(0, 60 - stage.title.length))}`);
  const startedAt = performance.now();
  const outcome = await runStage(stage);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${outcome.failures.length === 0 ? 'ok' : 'FAILED'}: ${stage.title}, ${seconds.toFixed(1)} s`);
  results.push({ title: stage.title, seconds, ...outcome });
}
const summary = summarise(results);
console.log(`\n${summary.text}`);
process.exitCode = summary.ok ? 0 : 1;
