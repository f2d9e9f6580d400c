/** A value as JSON has it (RFC 8259). */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A checked path into a JSON answer: names of members and indexes of arrays. */
export type AnswerPath = readonly string[];

const MAX_STEPS = 8;
const STEP = /^[A-Za-z0-9_$@-]{1,64}$/;

/**
 * Reads `data.messages.0.id`: at most eight steps, each the name of a member (letters, digits, `_ $ @ -`) or the
 * index of an array. No wildcards, filters or quoting: whoever needs more than this needs a transport of their own.
 *
 * @returns undefined when it is not such a path
 */
export function parseAnswerPath(path: string): AnswerPath | undefined {
  const steps = path.split('.');
  return steps.length <= MAX_STEPS && steps.every((step) => STEP.test(step)) ? steps : undefined;
}

/** What stands at the path, or undefined when there is nothing. Only own members count: `constructor` is nothing. */
export function readAnswerPath(answer: JsonValue, path: AnswerPath): JsonValue | undefined {
  let value: JsonValue | undefined = answer;
  for (const step of path) {
    if (Array.isArray(value)) {
      value = /^\d+$/.test(step) ? value[Number(step)] : undefined;
    } else if (isObject(value)) {
      value = Object.hasOwn(value, step) ? value[step] : undefined;
    } else {
      return undefined;
    }
  }
  return value;
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
