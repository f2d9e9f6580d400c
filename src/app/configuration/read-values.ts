import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { ConfigurationFinding } from './finding.ts';
import { showFound } from './finding.ts';
import { configurationJsonSchema, describeAllowed, type JsonSchema, listOptions } from './options.ts';
import { type ConfigurationValues, configurationSchema } from './schema.ts';

export type ReadResult<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  | { readonly kind: 'refused'; readonly findings: readonly ConfigurationFinding[] };

/** Environment variables that are not options of the file. */
const OTHER_VARIABLES = new Set(['PROPUSK_CONFIG']);

/**
 * Reads the file and lays the environment over it. Collects every mistake of form; files that it names are not opened.
 * A variable takes a text for texts and JSON for everything else: `PROPUSK_LISTEN_PORT=8443`.
 */
export function readConfigurationValues(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): ReadResult<ConfigurationValues> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    return refused(
      path,
      `${why}; make one with "propusk init", or name another with --config or PROPUSK_CONFIG`,
    );
  }
  let written: unknown;
  try {
    written = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused(path, `this is not JSON: ${(error as Error).message}`);
  }
  if (!isRecord(written)) return refused(path, `has to be a JSON object; found ${showFound(written)}`);

  const values = structuredClone(written);
  const findings = overlayEnvironment(values, environment);
  const parsed = configurationSchema.safeParse(values, { reportInput: true });
  if (!parsed.success) findings.push(...parsed.error.issues.flatMap((issue) => presentIssue(issue, values)));
  if (findings.length > 0 || !parsed.success) return { kind: 'refused', findings };
  return { kind: 'accepted', value: parsed.data };
}

function refused<T>(option: string, message: string): ReadResult<T> {
  return { kind: 'refused', findings: [{ option, message }] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function overlayEnvironment(
  values: Record<string, unknown>,
  environment: Readonly<Record<string, string | undefined>>,
): ConfigurationFinding[] {
  const findings: ConfigurationFinding[] = [];
  const options = new Map(
    listOptions().flatMap((option) => (option.variable ? [[option.variable, option] as const] : [])),
  );
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('PROPUSK_') || text === undefined || OTHER_VARIABLES.has(variable)) continue;
    const option = options.get(variable);
    if (!option) {
      findings.push({
        option: variable,
        message: 'there is no such variable; docs/configuration.md lists them',
      });
      continue;
    }
    let value: unknown = text;
    if (option.schema.type !== 'string' && option.schema.enum === undefined) {
      try {
        value = JSON.parse(text);
      } catch {
        findings.push({
          option: variable,
          message: `has to be ${describeAllowed(option.schema)}, written as JSON; found ${showFound(text)}`,
        });
        continue;
      }
    }
    setAt(values, option.name.split('.'), value);
  }
  return findings;
}

function setAt(target: Record<string, unknown>, [head, ...rest]: readonly string[], value: unknown): void {
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const next = isRecord(inner) ? inner : {};
  target[head] = next;
  setAt(next, rest, value);
}

function presentIssue(issue: z.core.$ZodIssue, values: unknown): ConfigurationFinding[] {
  const option = formatPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    // Only the name is shown: the value of a misplaced option may be a secret.
    return issue.keys.map((key) => ({
      option: option === '' ? key : `${option}.${key}`,
      message: `there is no such option here; ${knownOptions(issue.path)}`,
    }));
  }
  const found = valueAt(values, issue.path);
  if (found === undefined && issue.path.length > 0) {
    return [{ option, message: `is missing; it has to be ${allowedAt(issue.path)}` }];
  }
  const ofOurs = issue.code === 'invalid_format' || issue.code === 'custom';
  const allowed = ofOurs && !/^Invalid/.test(issue.message) ? issue.message : allowedAt(issue.path);
  return [{ option, message: `has to be ${allowed}; found ${showFound(found)}` }];
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Record<PropertyKey, unknown>)[key];
  }, values);
}

function nodesAt(path: readonly PropertyKey[]): JsonSchema[] {
  let nodes: JsonSchema[] = [configurationJsonSchema()];
  for (const key of path) {
    nodes = nodes.flatMap(withVariants).flatMap((node) => {
      const next = typeof key === 'number' ? node.items : node.properties?.[String(key)];
      return next ? [next] : [];
    });
  }
  return nodes;
}

function withVariants(node: JsonSchema): JsonSchema[] {
  return [node, ...(node.oneOf ?? node.anyOf ?? [])];
}

function allowedAt(path: readonly PropertyKey[]): string {
  const phrases = new Set(nodesAt(path).map(describeAllowed));
  return phrases.size > 0 ? [...phrases].join(' or ') : 'a value';
}

function knownOptions(path: readonly PropertyKey[]): string {
  const known = nodesAt(path)
    .flatMap(withVariants)
    .flatMap((node) => Object.keys(node.properties ?? {}));
  return `known are ${[...new Set(known)].filter((key) => key !== '$schema').join(', ')}`;
}
