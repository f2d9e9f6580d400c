import type { Node } from 'oxc-parser';
import { readImports } from './read-imports.ts';
import { lineOf, type SourceFile, visitNodes } from './source-file.ts';

/**
 * The rules of entry are pure: the same facts give the same decision, and every fact, the time included, is handed
 * in. So no package, no waiting, no clock, no chance, nothing of the process.
 */
export function checkPurity(file: SourceFile): readonly string[] {
  const wrong = readImports(file).flatMap(({ specifier, dynamic, line }) => {
    if (dynamic) return [`${file.path}:${line}: imports at run time`];
    const ours = specifier !== undefined && /^(?:\.\/|\.\.\/kernel\/)/.test(specifier);
    return ours ? [] : [`${file.path}:${line}: imports ${specifier}, neither its own folder nor the kernel`];
  });
  visitNodes(file, (node) => {
    const found = impurity(node);
    if (found !== undefined) wrong.push(`${file.path}:${lineOf(file, node)}: ${found}`);
  });
  return wrong;
}

const IMPURE_GLOBALS = new Set([
  'process',
  'globalThis',
  'fetch',
  'console',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Promise',
  'systemClock',
  'systemRandom',
]);

function impurity(node: Node): string | undefined {
  switch (node.type) {
    case 'AwaitExpression':
      return 'awaits';
    case 'ForOfStatement':
      return node.await ? 'awaits' : undefined;
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.async ? 'is async' : undefined;
    case 'NewExpression':
      return isNamed(node.callee, 'Date') && node.arguments.length === 0 ? 'reads the clock' : undefined;
    case 'CallExpression':
      return isNamed(node.callee, 'Date') ? 'reads the clock' : undefined;
    case 'MemberExpression':
      if (isNamed(node.object, 'Date') && isNamed(node.property, 'now')) return 'reads the clock';
      if (isNamed(node.object, 'Math') && isNamed(node.property, 'random')) return 'depends on chance';
      return undefined;
    case 'Identifier':
      return IMPURE_GLOBALS.has(node.name) ? `uses ${node.name}` : undefined;
    default:
      return undefined;
  }
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
