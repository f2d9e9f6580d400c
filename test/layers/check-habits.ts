import type { Node } from 'oxc-parser';
import { isTestFile, lineOf, type SourceFile, visitNodes } from './source-file.ts';

const NAMES_WITHOUT_MEANING = /^(?:utils?|helpers?|common|shared|misc)$/;
const LINES_AT_MOST = 350;

/** What the formatter and the linter cannot say about one file: one line each. */
export function checkHabits(file: SourceFile): readonly string[] {
  const wrong: string[] = [];
  const folder = file.path
    .split('/')
    .slice(0, -1)
    .find((name) => NAMES_WITHOUT_MEANING.test(name));
  if (folder !== undefined) wrong.push(`${file.path}: a folder is named "${folder}", which says nothing`);
  const lines = file.source.split('\n').length;
  if (lines > LINES_AT_MOST && !isTestFile(file.path)) {
    wrong.push(`${file.path}: ${lines} lines, at most ${LINES_AT_MOST}: split it by subject`);
  }
  // What a test of a foreign TLS server looks at decides nothing here.
  if (!file.path.startsWith('src/') || isTestFile(file.path)) return wrong;
  const inApp = file.path.startsWith('src/app/');
  visitNodes(file, (node) => {
    const found = forbiddenWord(node, inApp);
    if (found !== undefined) wrong.push(`${file.path}:${lineOf(file, node)}: ${found}`);
  });
  return wrong;
}

function forbiddenWord(node: Node, inApp: boolean): string | undefined {
  const read = readMember(node);
  if (read.some(({ member }) => member === 'authorized')) {
    // Node says true for a resumed TLS session without any certificate in some versions (nodejs/node#35317).
    return 'reads `authorized`: entry is decided by the certificate’s SHA-256 alone';
  }
  if (inApp) return undefined;
  if (read.some(({ object, member }) => object === 'process' && (member === 'env' || member === 'exit'))) {
    return 'only src/app reads the environment and ends the process';
  }
  if (read.some(({ object }) => object === 'console'))
    return 'only src/app writes to the terminal; take a Logger';
  return undefined;
}

/** `object.member`, `object['member']`, `globalThis.object.member`, `const { member } = object`, a named import. */
function readMember(node: Node): readonly { readonly object: string | undefined; readonly member: string }[] {
  switch (node.type) {
    case 'MemberExpression': {
      const member = memberName(node);
      return member === undefined ? [] : [{ object: lastName(node.object), member }];
    }
    case 'VariableDeclarator':
      return node.id.type === 'ObjectPattern' ? patternKeys(node.id, lastName(node.init)) : [];
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.params.flatMap((parameter) =>
        parameter.type === 'ObjectPattern' ? patternKeys(parameter, undefined) : [],
      );
    case 'ImportDeclaration':
      if (!/^(?:node:)?process$/.test(node.source.value)) return [];
      return node.specifiers.flatMap((specifier) =>
        specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
          ? [{ object: 'process', member: specifier.imported.name }]
          : [],
      );
    default:
      return [];
  }
}

function patternKeys(
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  object: string | undefined,
): readonly { readonly object: string | undefined; readonly member: string }[] {
  return pattern.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier'
      ? [{ object, member: property.key.name }]
      : [],
  );
}

function memberName(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  if (node.property.type === 'Identifier') return node.computed ? undefined : node.property.name;
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : undefined;
}

function lastName(node: Node | null): string | undefined {
  if (node?.type === 'Identifier') return node.name;
  return node?.type === 'MemberExpression' ? memberName(node) : undefined;
}
