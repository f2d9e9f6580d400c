/** PostgreSQL's text takes neither U+0000 nor half a surrogate pair; what strangers send may hold both. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}');
}

export function dateOf(milliseconds: number): Date {
  return new Date(milliseconds);
}

export function dateOrUndefined(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds);
}

/** Drivers give a `Buffer`, often a view of a larger one. */
export function bytesOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
