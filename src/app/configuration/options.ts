import { z } from 'zod';
import { configurationSchema } from './schema.ts';

/** The published JSON schema (draft 2020-12) of the configuration file. */
export function configurationJsonSchema(): JsonSchema {
  return z.toJSONSchema(configurationSchema, { io: 'input', reused: 'inline' }) as JsonSchema;
}

export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
}

/** One option as documents, error messages and environment variables see it. */
export interface Option {
  /** `listen.port`, `applications[].upstream`. */
  readonly name: string;
  /** `PROPUSK_LISTEN_PORT`; undefined inside of lists, which are set as a whole. */
  readonly variable: string | undefined;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export function listOptions(): readonly Option[] {
  const options: Option[] = [];
  collect(configurationJsonSchema(), '', true, options);
  const seen = new Set<string>();
  return options.filter(({ name }) => {
    // The kinds of SMS gateway share names: the first description stands.
    if (name === '$schema' || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function collect(node: JsonSchema, prefix: string, settable: boolean, into: Option[]): void {
  for (const variant of node.oneOf ?? node.anyOf ?? []) collect(variant, prefix, settable, into);
  for (const [key, schema] of Object.entries(node.properties ?? {})) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    into.push({
      name,
      variable: settable ? variableOf(name) : undefined,
      required: (node.required ?? []).includes(key),
      schema,
    });
    if (schema.items) collect(schema.items, `${name}[]`, false, into);
    else collect(schema, name, settable, into);
  }
}

function variableOf(name: string): string {
  return `PROPUSK_${name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
}

/** The values that an option takes, as a phrase: "a whole number from 1 to 120". */
export function describeAllowed(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return [...new Set(variants.map(describeAllowed))].join(' or ');
  switch (schema.type) {
    case 'integer':
      return `a whole number from ${schema.minimum ?? 0} to ${schema.maximum ?? 'any'}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${schema.minItems ?? 0} to ${schema.maxItems ?? 'any number of'} entries`;
    case 'object':
      return 'an object';
    case 'string':
      return describeString(schema);
    default:
      return 'a value';
  }
}

function describeString(schema: JsonSchema): string {
  if (schema.format === 'uri') return 'an address (URL)';
  if (schema.maxLength !== undefined)
    return `a text of ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  return 'a text';
}
