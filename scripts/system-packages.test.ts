import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const TOOLS = ['sh', 'cat', 'sort', 'tr', 'chmod'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'propusk-packages-'));
  mkdirSync(join(folder, 'bin'));
  for (const tool of TOOLS) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, 'bin', tool));
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script = 'exit 0'): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function run() {
  const { status, stderr } = spawnSync(resolve(import.meta.dirname, 'system-packages.sh'), [], {
    encoding: 'utf8',
    env: { PATH: join(folder, 'bin'), CALLS: join(folder, 'calls') },
  });
  return { status, stderr };
}

test('without root it lists what is missing with the line to run, and fails', () => {
  program('id', 'echo 1000');
  program('apt-get', 'echo "$*" >>"$CALLS"');
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('  xdotool: presses the keys');
  expect(stderr).toMatch(
    /As root: apt-get update && apt-get install -y --no-install-recommends chromium .*xvfb\n/,
  );
  // One package with two programs is named once.
  expect(stderr.match(/As root: .*/)?.[0].match(/libnss3-tools/g)).toHaveLength(1);
  expect(spawnSync('cat', [join(folder, 'calls')]).status).not.toBe(0);
});

test('what is there is not asked for', () => {
  program('id', 'echo 1000');
  program('apt-get');
  program('xdotool');
  expect(run().stderr).not.toContain('xdotool');
});

test('as root it installs what is missing, and only that', () => {
  program('id', 'echo 0');
  program('firefox');
  const names =
    'chromium pk12util certutil Xvfb xdotool import dbus-daemon setpriv nginx openssl certtool curl ps';
  program(
    'apt-get',
    `echo "$*" >>"$CALLS"; [ "$1" = update ] || for name in ${names}; do echo '#!/bin/sh' >${folder}/bin/$name; chmod +x ${folder}/bin/$name; done`,
  );
  const { stderr } = run();
  const calls = spawnSync('cat', [join(folder, 'calls')], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n');
  expect(calls[0]).toBe('update -q');
  expect(calls[1]).toContain('install -y -q --no-install-recommends ');
  expect(calls[1]).toContain(' chromium ');
  expect(calls[1]).not.toContain('firefox');
  expect(stderr).not.toContain('still missing after the installation:\nchromium');
});

test('an installation that fails shows what the package manager said', () => {
  program('id', 'echo 0');
  program('apt-get', '[ "$1" = update ] || { echo "E: Unable to locate package chromium"; exit 100; }');
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('E: Unable to locate package chromium\npropusk: apt-get install failed\n');
});

test('an installation that does not bring the programs is a failure', () => {
  program('id', 'echo 0');
  program('apt-get');
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('still missing after the installation:');
});

test('elsewhere than on Debian it names the programs, and fails', () => {
  program('id', 'echo 0');
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('this is not Debian');
  expect(stderr).toContain("  pk12util: imports the downloaded file into the browser's store");
});
