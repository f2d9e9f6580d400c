import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** A message as the server took it, read by a MIME parser. */
export interface ReceivedMail {
  /** Of this server: its place in the log, from 1. */
  readonly number: number;
  readonly from: string;
  /** Of the envelope. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** As it came, header and body. */
  readonly raw: string;
  readonly receivedAt: Date;
}

interface Line {
  readonly to: string;
  readonly raw: string;
  readonly receivedAt: string;
}

/** Everything the server was given, in order. With a directory it is kept there, one JSON object a line. */
export class MailLog {
  readonly #mails: ReceivedMail[] = [];
  readonly #file: string | undefined;

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  static async open(directory: string | undefined): Promise<MailLog> {
    if (directory === undefined) return new MailLog(undefined);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'mail.jsonl');
    const log = new MailLog(file);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    for (const text of lines) {
      const line = parseLine(text);
      if (line) await log.#add(line);
    }
    return log;
  }

  list(): readonly ReceivedMail[] {
    return [...this.#mails];
  }

  async take(to: string, raw: string): Promise<ReceivedMail> {
    const line = { to, raw, receivedAt: new Date().toISOString() };
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    return this.#add(line);
  }

  async #add({ to, raw, receivedAt }: Line): Promise<ReceivedMail> {
    const parsed = await PostalMime.parse(raw);
    const mail = {
      number: this.#mails.length + 1,
      from: parsed.from?.address ?? '',
      to,
      subject: parsed.subject ?? '',
      text: (parsed.text ?? '').trimEnd(),
      messageId: parsed.messageId ?? '',
      raw,
      receivedAt: new Date(receivedAt),
    };
    this.#mails.push(mail);
    return mail;
  }
}

/** A line that a kill cut in two is left out. */
function parseLine(line: string): Line | undefined {
  try {
    const { to, raw, receivedAt } = JSON.parse(line);
    return { to, raw, receivedAt };
  } catch {
    return undefined;
  }
}
