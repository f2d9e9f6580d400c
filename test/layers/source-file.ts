import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Node, parseSync, visitorKeys } from 'oxc-parser';

export interface SourceFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly source: string;
}

const root = resolve(import.meta.dirname, '../..');
const FOLDERS = ['src', 'web', 'simulators', 'examples', 'test', 'e2e', 'bench', 'scripts'];

/** Every TypeScript file of the project, sorted; what is built or installed is left out. */
export function listSourceFiles(): readonly SourceFile[] {
  return globSync(
    FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx,mts,cts}`),
    { cwd: root },
  )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(?:^|\/)(?:node_modules|dist)\//.test(path))
    .sort()
    .map((path) => ({ path, source: readFileSync(resolve(root, path), 'utf8') }));
}

/** Tests, and what tests of several files share, which is kept out of the build. */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

/** Calls `visit` with every node of the file, parents first. @throws when the file cannot be parsed */
export function visitNodes(file: SourceFile, visit: (node: Node, parent: Node | undefined) => void): void {
  const { program, errors } = parseSync(file.path, file.source, { sourceType: 'module' });
  const first = errors[0];
  if (first !== undefined) throw new SyntaxError(`${file.path}: ${first.message}`);
  walk(program, undefined, visit);
}

function walk(
  node: Node,
  parent: Node | undefined,
  visit: (node: Node, parent: Node | undefined) => void,
): void {
  visit(node, parent);
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, node, visit);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function lineOf(file: SourceFile, node: { readonly start: number }): number {
  return file.source.slice(0, node.start).split('\n').length;
}
