import { describe, expect, test } from 'vitest';
import { checkHabits } from './layers/check-habits.ts';
import { checkLayers } from './layers/check-layers.ts';
import { listSourceFiles } from './layers/source-file.ts';

const files = listSourceFiles();

describe('the project', () => {
  test('has files to look at', () => {
    expect(files.filter((file) => file.path.startsWith('src/')).length).toBeGreaterThanOrEqual(20);
  });

  test('imports only what the table allows', () => {
    expect(files.flatMap(checkLayers)).toEqual([]);
  });

  test('keeps the habits that no linter knows', () => {
    expect(files.flatMap(checkHabits)).toEqual([]);
  });
});

describe('the import table', () => {
  test.each([
    ['src/pki/a.ts', "import { parseLogin } from '../kernel/login.ts';"],
    ['src/pki/a.ts', "import { encode } from './der/encode.ts';"],
    ['src/store/a.ts', "import type { Facts } from '../access/facts.ts';"],
    ['src/store/a.ts', "export type { Facts } from '../access/facts.ts';"],
    ['src/store/a.ts', "type Facts = import('../access/facts.ts').Facts;"],
    ['src/store/a.test.ts', "import { decide } from '../access/decide.ts';"],
    ['src/gate/a.test.ts', "import { cast } from '../../test/cast.ts';"],
    ['src/gate/a.ts', "import { request } from 'undici';"],
    ['src/store/a.ts', "import { Kysely } from 'kysely';"],
    ['src/app/main.ts', "import { serveGate } from '../gate/serve.ts'; import { Command } from 'commander';"],
    ['web/portal/a.tsx', "import type { Refusal } from '../../src/portal/contract.ts';"],
    ['web/console/sessions/a.tsx', "import type { S } from '../../../src/console/sessions/contract.ts';"],
    ['web/console/a.tsx', "import type { MeView } from '../../src/console/contract.ts';"],
    ['e2e/a.test.ts', "import { cast } from '../test/cast.ts';"],
    ['bench/a.ts', "import { decide } from '../src/access/decide.ts';"],
    ['simulators/sms/a.test.ts', "import { transport } from '../../src/messaging/generic-http.ts';"],
    ['scripts/a.ts', "import { schema } from '../src/app/configuration/schema.ts';"],
  ])('%s may say %s', (path, source) => {
    expect(checkLayers({ path, source })).toEqual([]);
  });

  test.each([
    ['src/access/a.ts', "import { x } from '../pki/a.ts';", 'access may not import pki'],
    ['src/kernel/a.ts', "import type { X } from '../pki/a.ts';", 'kernel may not import pki'],
    ['src/store/a.ts', "import { decide } from '../access/decide.ts';", 'with `import type` only'],
    ['src/store/a.ts', "import { type Facts } from '../access/facts.ts';", 'with `import type` only'],
    ['src/store/a.ts', "export { decide } from '../access/decide.ts';", 'with `import type` only'],
    ['src/store/a.ts', "export * from '../access/decide.ts';", 'with `import type` only'],
    ['src/store/a.ts', "const a = await import('../access/decide.ts');", 'with `import type` only'],
    ['src/store/a.ts', "const a = require('../access/decide.ts');", 'with `import type` only'],
    ['src/store/a.ts', "import a = require('../access/decide.ts');", 'with `import type` only'],
    ['src/store/a.ts', 'const a = await import(name);', 'only run time knows'],
    ['src/portal/a.ts', "import '../gate/a.ts';", 'portal may not import gate'],
    ['src/portal/a.ts', "import '../pki/../gate/a.ts';", 'portal may not import gate'],
    ['src/gate/a.test.ts', "import { main } from '../app/main.ts';", 'gate may not import app'],
    ['src/gate/a.ts', "import { cast } from '../../test/cast.ts';", 'outside src/'],
    ['src/gate/a.ts', "import { x } from '../accessible/a.ts';", 'outside src/'],
    ['src/gate/a.ts', "import { x } from 'propusk/dist/app/main.js';", 'by a relative path'],
    ['src/gate/a.ts', "import { sql } from 'kysely';", 'kysely belongs to src/store alone'],
    ['src/gate/a.ts', "import { sql } from 'kysely/helpers/postgres';", 'kysely belongs to src/store alone'],
    ['src/portal/a.ts', "import { confirm } from '@clack/prompts';", 'belongs to src/app alone'],
    ['src/access/a.ts', "import { z } from 'zod';", 'access imports no package'],
    ['src/billing/a.ts', '', 'the folder src/billing is not in the table'],
    ['src/main.ts', '', 'the folder src/main.ts is not in the table'],
    ['tools/a.ts', '', 'the folder tools is not in the table'],
    ['web/portal/a.ts', "import { routes } from '../../src/portal/contract.ts';", '`import type` only'],
    [
      'web/portal/a.ts',
      "import type { X } from '../../src/portal/ports.ts';",
      'web may not import src/portal',
    ],
    ['e2e/a.test.ts', "import type { X } from '../src/kernel/brand.ts';", 'e2e may not import src/kernel'],
    ['e2e/a.test.ts', "import { x } from '../test/layers/table.ts';", 'e2e may not import test/layers'],
    ['simulators/sms/main.ts', "import '../../src/kernel/clock.ts';", 'may not import src/kernel'],
    ['simulators/sms/main.ts', "import '../dss/main.ts';", 'may not import simulators/dss'],
    ['simulators/sms/a.test.ts', "import '../../src/app/main.ts';", 'may not import src/app'],
    ['examples/crm/main.ts', "import '../../src/http/a.ts';", 'may not import src/http'],
    ['bench/a.ts', "import '../src/app/main.ts';", 'may not import src/app'],
    ['test/a.test.ts', "import '../src/app/main.ts';", 'may not import src/app'],
  ])('%s may not say %s', (path, source, message) => {
    const wrong = checkLayers({ path, source });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(message);
  });

  test('a comment or a string that looks like an import is none', () => {
    const source = "// import '../gate/a.ts';\nconst text = \"import '../gate/a.ts'\";";
    expect(checkLayers({ path: 'src/portal/a.ts', source })).toEqual([]);
  });

  test('a file that cannot be parsed is not passed over', () => {
    expect(() => checkLayers({ path: 'src/portal/a.ts', source: 'import {' })).toThrow(SyntaxError);
  });
});

describe('the habits', () => {
  test.each([
    ['src/gate/a.ts', 'const options = { rejectUnauthorized: false };'],
    ['src/gate/a.ts', 'socket.unauthorized; isAuthorized(x);'],
    ['src/gate/a.ts', 'const pid = process.pid; environment.env; door.exit();'],
    ['src/app/main.ts', 'process.exit(process.env.PORT ? 0 : 1); console.log(1);'],
    ['scripts/a.ts', 'process.exit(1); console.log(1);'],
    ['src/gate/common-name.ts', ''],
    ['src/pki/a.test.ts', 'expect(socket.authorized).toBe(false);'],
    ['src/gate/a.test.ts', '\n'.repeat(400)],
  ])('%s may have %s', (path, source) => {
    expect(checkHabits({ path, source })).toEqual([]);
  });

  test.each([
    ['src/gate/a.ts', 'if (socket.authorized) pass();', 'reads `authorized`'],
    ['src/gate/a.ts', "if (socket['authorized']) pass();", 'reads `authorized`'],
    ['src/gate/a.ts', 'if (socket?.authorized) pass();', 'reads `authorized`'],
    ['src/gate/a.ts', 'const { authorized } = socket;', 'reads `authorized`'],
    ['src/gate/a.ts', 'const f = ({ authorized }) => authorized;', 'reads `authorized`'],
    ['src/app/main.ts', 'socket.authorized;', 'reads `authorized`'],
    ['src/gate/a.ts', 'const port = process.env.PORT;', 'reads the environment'],
    ['src/gate/a.ts', "const env = process['env'];", 'reads the environment'],
    ['src/gate/a.ts', 'globalThis.process.exit(1);', 'reads the environment'],
    ['src/gate/a.ts', 'const { env } = process;', 'reads the environment'],
    ['src/gate/a.ts', "import { env } from 'node:process';", 'reads the environment'],
    ['src/gate/a.ts', 'console.log(1);', 'writes to the terminal'],
    ['src/gate/a.ts', 'globalThis.console.log(1);', 'writes to the terminal'],
    ['src/gate/utils/a.ts', '', 'a folder is named "utils"'],
    ['web/shared/a.ts', '', 'a folder is named "shared"'],
    ['src/gate/a.ts', '\n'.repeat(350), '351 lines'],
  ])('%s may not have %s', (path, source, message) => {
    const wrong = checkHabits({ path, source });
    expect(wrong.length).toBeGreaterThanOrEqual(1);
    expect(wrong[0]).toContain(message);
  });
});
