/**
 * Fields of a JSON object by name in any letter case, as the real service binds them: one client sends `RefId`, another
 * `RefID`, a third `refId`.
 */
export class Fields {
  readonly #byName: ReadonlyMap<string, unknown>;

  constructor(value: unknown) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    this.#byName = new Map(entries.map(([name, member]) => [name.toLowerCase(), member]));
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  has(name: string): boolean {
    return this.#byName.has(name.toLowerCase());
  }

  /** A text, or a number or boolean as text: `IsDetached` comes as `true` and as `"true"`. */
  text(name: string): string | undefined {
    const value = this.#byName.get(name.toLowerCase());
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  isTrue(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true';
  }

  object(name: string): Fields {
    return new Fields(this.#byName.get(name.toLowerCase()));
  }

  list(name: string): readonly Fields[] {
    const value = this.#byName.get(name.toLowerCase());
    return Array.isArray(value) ? value.map((member) => new Fields(member)) : [];
  }
}
