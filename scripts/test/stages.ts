/** What `make test` runs, in this order. A stage with a report counts its tests, any other counts as one test. */
export interface Stage {
  readonly key: string;
  readonly title: string;
  readonly quick: boolean;
  readonly limitMinutes: number;
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Where Vitest writes its JSON report. */
  readonly report?: string;
}

export const STAGES: readonly Stage[] = [
  {
    key: 'types',
    title: 'types',
    quick: true,
    limitMinutes: 5,
    commands: [
      ['tsc', '-p', 'tsconfig.json', '--noEmit'],
      ['tsc', '-p', 'web/tsconfig.json', '--noEmit'],
      ['tsc', '-p', 'web/console/tsconfig.json', '--noEmit'],
    ],
  },
  {
    key: 'style',
    title: 'style',
    quick: true,
    limitMinutes: 5,
    commands: [['biome', 'check', '--error-on-warnings', '.']],
  },
  { key: 'dead', title: 'dead code', quick: true, limitMinutes: 5, commands: [['knip']] },
  {
    key: 'generated',
    title: 'generated files',
    quick: true,
    limitMinutes: 5,
    commands: [['node', 'scripts/generate.ts', '--check']],
  },
  {
    key: 'build',
    title: 'build',
    quick: false,
    limitMinutes: 10,
    commands: [['npm', 'run', '--silent', 'build']],
  },
  vitestStage('unit', 'unit tests', 'vitest.config.ts', { quick: true, limitMinutes: 20 }),
  vitestStage('e2e', 'real browsers and clients', 'vitest.e2e.config.ts', {
    quick: false,
    limitMinutes: 40,
  }),
];

function vitestStage(
  key: string,
  title: string,
  config: string,
  rest: { readonly quick: boolean; readonly limitMinutes: number },
): Stage {
  const report = `test-results/${key}.json`;
  return {
    key,
    title,
    ...rest,
    report,
    commands: [
      [
        'vitest',
        'run',
        '--config',
        config,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
    ],
  };
}
