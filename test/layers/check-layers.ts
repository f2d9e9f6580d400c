import { posix } from 'node:path';
import { type Import, readImports } from './read-imports.ts';
import { isTestFile, type SourceFile } from './source-file.ts';
import {
  isContract,
  isLayer,
  isPlace,
  type Layer,
  PACKAGE_HOMES,
  PLACES,
  rightOf,
  WITHOUT_PACKAGES,
} from './table.ts';

/** What is wrong with the imports of one file, one line each; empty where everything is allowed. */
export function checkLayers(file: SourceFile): readonly string[] {
  const [place = '', folder = ''] = file.path.split('/');
  if (place === 'src' && !isLayer(folder)) {
    return [`${file.path}: the folder src/${folder} is not in the table`];
  }
  if (place !== 'src' && !isPlace(place)) return [`${file.path}: the folder ${place} is not in the table`];
  return readImports(file).flatMap((found) => {
    const wrong = found.specifier === undefined ? checkUnknown(file) : checkImport(file, found);
    return wrong === undefined ? [] : [`${file.path}:${found.line}: ${wrong}`];
  });
}

function checkUnknown(file: SourceFile): string | undefined {
  return file.path.startsWith('src/') ? 'imports something that only run time knows' : undefined;
}

function checkImport(file: SourceFile, found: Import): string | undefined {
  const specifier = found.specifier ?? '';
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file.path), specifier);
    return file.path.startsWith('src/')
      ? checkFromSrc(file, target, found)
      : checkBeside(file, target, found);
  }
  if (/^(?:[#/]|file:|data:|https?:|propusk(?:\/|$))/.test(specifier)) {
    return `imports ${specifier}: our own files are imported by a relative path`;
  }
  return checkPackage(file, specifier);
}

function checkFromSrc(file: SourceFile, target: string, found: Import): string | undefined {
  const from = layerOf(file.path);
  const to = layerOf(target);
  if (from === undefined) return undefined;
  if (to === undefined) {
    if (isTestFile(file.path) && /^(?:test|simulators)\//.test(target)) return undefined;
    if (from === 'app' && target === 'package.json') return undefined;
    return `imports ${target}, outside src/`;
  }
  const right = rightOf(from, to);
  if (right === undefined) return `${from} may not import ${to} (${target})`;
  // A test joins real parts: what its folder knows as a type, the test may use.
  if (right === 'T' && !found.typeOnly && !isTestFile(file.path)) {
    return `${from} may import ${to} with \`import type\` only (${target})`;
  }
  return undefined;
}

function checkBeside(file: SourceFile, target: string, found: Import): string | undefined {
  const place = placeOf(file.path);
  if (placeOf(target) === place && isPlace(place.split('/')[0] ?? '')) return undefined;
  if (place === 'web' && isContract(target)) {
    return found.typeOnly ? undefined : `web imports contracts with \`import type\` only (${target})`;
  }
  const [name = ''] = place.split('/');
  // A simulator knows nothing of what it is a partner to; its test may bring the two together.
  const meets = isTestFile(file.path) && (name === 'simulators' || name === 'examples');
  const allowed: readonly string[] = meets ? PLACES.test : isPlace(name) ? PLACES[name] : [];
  const toApp = target.startsWith('src/app/');
  const permitted = allowed.some((root) =>
    root === 'src' ? target.startsWith('src/') && !toApp : target === root || target.startsWith(`${root}/`),
  );
  if (permitted || !/^(?:src|web|simulators|examples|test|e2e|bench|scripts)\//.test(target))
    return undefined;
  return `${place} may not import ${target}`;
}

function checkPackage(file: SourceFile, specifier: string): string | undefined {
  const from = file.path.startsWith('src/') ? layerOf(file.path) : undefined;
  if (from === undefined || isTestFile(file.path)) return undefined;
  if (specifier.startsWith('node:')) return undefined;
  if (WITHOUT_PACKAGES.includes(from)) return `${from} imports no package (${specifier})`;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const home = PACKAGE_HOMES[name];
  return home === undefined || home === from ? undefined : `${name} belongs to src/${home} alone`;
}

function layerOf(path: string): Layer | undefined {
  const [place, folder = ''] = path.split('/');
  return place === 'src' && isLayer(folder) ? folder : undefined;
}

/** Simulators and examples are programs of their own: one may not import the other. */
function placeOf(path: string): string {
  const [place = '', folder = ''] = path.split('/');
  return place === 'simulators' || place === 'examples' ? `${place}/${folder}` : place;
}
