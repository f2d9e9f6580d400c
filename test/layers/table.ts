/** V: values and types. T: `import type` only. */
export type Right = 'V' | 'T';

/**
 * Who may import whom inside src/; a folder may always import itself, and a pair that is not here is forbidden.
 * Folders that do not exist yet are listed as well; a folder that is not listed fails the test.
 */
export const LAYERS = {
  kernel: {},
  pki: { kernel: 'V' },
  access: { kernel: 'V' },
  http: { kernel: 'V' },
  fetching: { kernel: 'V' },
  messaging: { kernel: 'V' },
  reminders: { kernel: 'V', messaging: 'V' },
  accounts: { kernel: 'V' },
  'journal-delivery': { kernel: 'V' },
  // The value: the table of roles.
  enrolment: { kernel: 'V', pki: 'V', accounts: 'V', messaging: 'V' },
  dss: { kernel: 'V', pki: 'V', fetching: 'V' },
  workspace: { kernel: 'V', pki: 'V', dss: 'V', fetching: 'V' },
  store: {
    kernel: 'V',
    pki: 'T',
    access: 'T',
    dss: 'T',
    messaging: 'T',
    reminders: 'T',
    workspace: 'T',
    accounts: 'T',
    enrolment: 'T',
    'journal-delivery': 'T',
    gate: 'T',
    portal: 'T',
    console: 'T',
  },
  gate: { kernel: 'V', pki: 'V', access: 'V', http: 'V', accounts: 'T' },
  portal: {
    kernel: 'V',
    pki: 'V',
    access: 'V',
    messaging: 'V',
    reminders: 'V',
    http: 'V',
    accounts: 'V',
    enrolment: 'V',
  },
  console: {
    kernel: 'V',
    pki: 'V',
    access: 'V',
    dss: 'V',
    messaging: 'V',
    reminders: 'V',
    workspace: 'V',
    http: 'V',
    accounts: 'V',
    enrolment: 'V',
    'journal-delivery': 'T',
  },
  app: {
    kernel: 'V',
    pki: 'V',
    access: 'V',
    dss: 'V',
    messaging: 'V',
    reminders: 'V',
    workspace: 'V',
    store: 'V',
    http: 'V',
    fetching: 'V',
    gate: 'V',
    portal: 'V',
    console: 'V',
    accounts: 'V',
    enrolment: 'V',
    'journal-delivery': 'V',
  },
} as const satisfies Record<string, Partial<Record<string, Right>>>;

export type Layer = keyof typeof LAYERS;

export function isLayer(name: string): name is Layer {
  return Object.hasOwn(LAYERS, name);
}

export function rightOf(from: Layer, to: Layer): Right | undefined {
  if (from === to) return 'V';
  const row: Partial<Record<Layer, Right>> = LAYERS[from];
  return row[to];
}

/** The folders beside src/ and what each may import besides itself. `src` stands for all of src/ without app. */
export const PLACES = {
  web: [],
  // Each knows nothing of the others; markup and answers of their pages are made alike.
  simulators: ['simulators/web'],
  examples: [],
  // Accessibility is tried on every state of every page, which web/dev has.
  e2e: ['test/cast.ts', 'test/postgres', 'web/dev'],
  // Words of the pages are compared with the codes of the server.
  test: ['src', 'simulators', 'examples', 'web/console'],
  bench: ['src', 'test', 'simulators', 'examples'],
  // The generator renders the configuration page from the schema in src/app; pictures are taken of the pages in web/dev,
  // and for the instructions in web/portal of real browsers, with the tests' own ways to drive them.
  scripts: ['src', 'src/app', 'web/dev', 'web/portal', 'e2e/harness', 'e2e/product'],
} as const satisfies Record<string, readonly string[]>;

export type Place = keyof typeof PLACES;

export function isPlace(name: string): name is Place {
  return Object.hasOwn(PLACES, name);
}

/** The only files of src/ that web/ knows, as types: of the portal, the console, and of each section of the console. */
const CONTRACTS = /^src\/(?:portal|console(?:\/[a-z-]+)?)\/contract\.ts$/;

export function isContract(path: string): boolean {
  return CONTRACTS.test(path);
}

/** Packages that belong to one folder: SQL is spoken in store only, a terminal exists for app only. */
export const PACKAGE_HOMES: Readonly<Record<string, Layer>> = {
  kysely: 'store',
  pg: 'store',
  'better-sqlite3': 'store',
  commander: 'app',
  '@clack/prompts': 'app',
};

/** Layers that import no package at all. */
export const WITHOUT_PACKAGES: readonly Layer[] = ['kernel', 'access'];
