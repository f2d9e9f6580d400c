/**
 * Writes the files that are made from the sources.
 *
 *     node scripts/generate.ts            writes them
 *     node scripts/generate.ts --check    compares them, lists what differs, exit code 1 if anything does
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { renderCommandLineDocument } from '../src/app/cli/render-document.ts';
import { configurationJsonSchema } from '../src/app/configuration/options.ts';
import { renderConfigurationDocument } from '../src/app/configuration/render-document.ts';
import { renderErrors } from './generate/errors.ts';
import { renderRoles } from './generate/roles.ts';

interface GeneratedFile {
  /** From the project's folder. */
  readonly path: string;
  render(): string | Promise<string>;
}

const GENERATED: readonly GeneratedFile[] = [
  { path: 'docs/errors.md', render: renderErrors },
  { path: 'docs/roles.md', render: renderRoles },
  { path: 'docs/command-line.md', render: renderCommandLineDocument },
  { path: 'docs/configuration.md', render: renderConfigurationDocument },
  {
    path: 'docs/configuration.schema.json',
    render: () => `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`,
  },
];

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
let different = 0;
for (const file of GENERATED) {
  const target = resolve(root, file.path);
  const wanted = await file.render();
  const found = await readFile(target, 'utf8').catch(() => undefined);
  if (found === wanted) continue;
  different += 1;
  if (check) {
    console.error(
      `${file.path} ${found === undefined ? 'is missing' : 'is out of date'}: run \`make format\` and commit it`,
    );
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, wanted);
    console.log(`wrote ${file.path}`);
  }
}
if (check && different > 0) process.exitCode = 1;
