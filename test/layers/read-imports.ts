import { lineOf, type SourceFile, visitNodes } from './source-file.ts';

export interface Import {
  /** Undefined for a dynamic import of something that is not a plain string. */
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
  readonly line: number;
}

/**
 * Every way in which a module names another one. Only `import type`, `export type … from` and `import('…').X` in a
 * type are types: `import { type X }` stays in the output as `import {}` (verbatimModuleSyntax) and runs the module.
 */
export function readImports(file: SourceFile): readonly Import[] {
  const imports: Import[] = [];
  const add = (node: { start: number }, source: object | null, typeOnly: boolean, dynamic = false): void => {
    if (source === null) return;
    imports.push({ specifier: literalOf(source), typeOnly, dynamic, line: lineOf(file, node) });
  };
  visitNodes(file, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node, node.source, node.importKind === 'type');
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        add(node, node.source, node.exportKind === 'type');
        break;
      case 'ImportExpression':
        add(node, node.source, false, true);
        break;
      case 'TSImportType':
        add(node, node.source, true);
        break;
      case 'TSExternalModuleReference':
        add(node, node.expression, false);
        break;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') {
          add(node, node.arguments[0] ?? {}, false, true);
        }
        break;
      default:
    }
  });
  return imports;
}

function literalOf(source: object): string | undefined {
  return 'value' in source && typeof source.value === 'string' ? source.value : undefined;
}
