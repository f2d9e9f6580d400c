/** The first value of a field in a flat list of names and values, as Node gives `rawHeaders`. */
export function findHeader(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) return rawHeaders[index + 1];
  }
  return undefined;
}

/**
 * As an object with names in lower case. A field that occurs twice becomes a list, which is equal to no text: whoever
 * compares a value must not be shown one of two.
 */
export function headersOf(
  rawHeaders: readonly string[],
): Readonly<Record<string, string | readonly string[]>> {
  const headers: Record<string, string | readonly string[]> = { __proto__: null } as never;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return headers;
}
