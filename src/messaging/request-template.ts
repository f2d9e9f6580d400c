import type { JsonValue } from './answer-path.ts';
import type { SmsMessage } from './sms-transport.ts';

/**
 * Placeholders of a gateway's template. A template is taken apart first (as JSON, form or URL) and filled in
 * afterwards, in the pieces: a text with quotes, `&` or `{id}` in it can never become structure.
 */
export const PLACEHOLDERS = ['phone', 'phoneDigits', 'text', 'id'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

const PATTERN = /\{([A-Za-z]+)\}/g;

export function placeholderValues(message: SmsMessage): PlaceholderValues {
  return {
    phone: message.to,
    phoneDigits: message.to.slice(1),
    text: message.text,
    id: message.idempotencyKey,
  };
}

/** Every `{word}` in the template, known or not. */
export function listPlaceholders(template: string): string[] {
  return [...template.matchAll(PATTERN)].map((match) => match[1] ?? '');
}

export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}

/** One pass from left to right: what is put in is not looked at again. An unknown `{word}` stays as it is. */
function fill(template: string, values: PlaceholderValues, encode: (value: string) => string): string {
  return template.replace(PATTERN, (whole, name: string) =>
    isPlaceholder(name) ? encode(values[name]) : whole,
  );
}

function fillText(template: string, values: PlaceholderValues): string {
  return fill(template, values, (value) => value);
}

/** For an address: each value becomes one percent-encoded component, so it can neither end a segment nor begin a query. */
export function fillUrl(template: string, values: PlaceholderValues): string {
  return fill(template, values, encodeURIComponent);
}

/** Fills the strings at the leaves; names of members are left as they are. */
export function fillJson(template: JsonValue, values: PlaceholderValues): JsonValue {
  if (typeof template === 'string') return fillText(template, values);
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) return template.map((item) => fillJson(item, values));
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillJson(value, values)]));
}

/** The strings at the leaves, which are the only places that are filled in. */
export function listJsonTexts(template: JsonValue): string[] {
  if (typeof template === 'string') return [template];
  if (typeof template !== 'object' || template === null) return [];
  return (isList(template) ? template : Object.values(template)).flatMap(listJsonTexts);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
