import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message as the gateway took it. */
export interface ReceivedMessage {
  /** The gateway's own id. */
  readonly gatewayId: string;
  /** The sender's id: the same one twice is the same message. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly receivedAt: Date;
}

export interface Conversation {
  readonly phone: string;
  /** Oldest first, never empty. */
  readonly messages: readonly ReceivedMessage[];
}

/** Everything the gateway was given, in order. With a directory it is kept there, one JSON object a line. */
export class MessageLog {
  readonly #messages: ReceivedMessage[] = [];
  readonly #file: string | undefined;

  constructor(directory: string | undefined) {
    if (directory === undefined) return;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#file = join(directory, 'messages.jsonl');
    if (!existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      const message = parseLine(line);
      if (message) this.#messages.push(message);
    }
  }

  list(): readonly ReceivedMessage[] {
    return [...this.#messages];
  }

  /** Takes a message once per id; a second time it answers with what it took the first time. */
  take(message: { id: string; to: string; text: string }): { message: ReceivedMessage; isNew: boolean } {
    const known = this.#messages.find((candidate) => candidate.id === message.id);
    if (known) return { message: known, isNew: false };
    const gatewayId = `sms-${this.#messages.length + 1}`;
    const received = { gatewayId, ...message, receivedAt: new Date() };
    if (this.#file !== undefined) {
      appendFileSync(this.#file, `${JSON.stringify(received)}\n`, { mode: 0o600 });
    }
    this.#messages.push(received);
    return { message: received, isNew: true };
  }

  /** By number, the one with the newest message first. */
  listConversations(): readonly Conversation[] {
    const byPhone = Map.groupBy(this.#messages, (message) => message.to);
    return [...byPhone]
      .map(([phone, messages]) => ({ phone, messages }))
      .sort((a, b) => this.#lastIndex(b.phone) - this.#lastIndex(a.phone));
  }

  #lastIndex(phone: string): number {
    return this.#messages.findLastIndex((message) => message.to === phone);
  }
}

/** A line that a kill cut in two is left out. */
function parseLine(line: string): ReceivedMessage | undefined {
  try {
    const { gatewayId, id, to, text, receivedAt } = JSON.parse(line);
    return { gatewayId, id, to, text, receivedAt: new Date(receivedAt) };
  } catch {
    return undefined;
  }
}
