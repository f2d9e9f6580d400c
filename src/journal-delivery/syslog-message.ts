import type { SentEvent } from './present-entry.ts';
import { severityOf } from './severity.ts';

/** RFC 5424, section 6.2.1, table 1: those that are meant for this, and the local ones. */
export const FACILITIES = {
  auth: 4,
  authpriv: 10,
  audit: 13,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const;
export type Facility = keyof typeof FACILITIES;

export interface SyslogHeader {
  readonly facility: Facility;
  /** The gate's own name. */
  readonly hostName: string;
  readonly appName: string;
  /** IANA private enterprise number, for the name of the structured data. */
  readonly enterpriseNumber: number;
}

const BOM = '\u{feff}';

/**
 * RFC 5424: who, what, whom and where as structured data, and the whole event as JSON in MSG, which is UTF-8 and says so
 * with its mark (section 6.4).
 */
export function formatSyslogMessage({ entry, json }: SentEvent, header: SyslogHeader): Buffer {
  const { sequence, at, actor, event, actorLogin, accountLogin, address } = entry;
  const priority = FACILITIES[header.facility] * 8 + severityOf(event.type);
  const parameters: readonly (readonly [name: string, value: string | undefined])[] = [
    ['sequence', String(sequence)],
    ['event', event.type],
    ['actor', actor.kind],
    ['actorId', actor.kind === 'account' ? actor.accountId : undefined],
    ['actorLogin', actorLogin],
    ['accountId', 'accountId' in event ? event.accountId : undefined],
    ['accountLogin', accountLogin],
    ['address', address],
  ];
  const data = parameters
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeValue(value)}"`]))
    .join('');
  const fields = [
    `<${priority}>1`,
    // Section 6.2.3: at most microseconds, and Z is allowed.
    at.toISOString(),
    printable(header.hostName, 255),
    printable(header.appName, 48),
    '-',
    printable(event.type, 32),
    `[propusk@${header.enterpriseNumber}${data}]`,
    `${BOM}${json}`,
  ];
  return Buffer.from(fields.join(' '), 'utf8');
}

/** RFC 6587, section 3.4.1, and RFC 5425, section 4.3: octet counting. */
export function frameSyslogMessage(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `, 'ascii'), message]);
}

/** PRINTUSASCII, or the NILVALUE. */
function printable(text: string, lengthMax: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, lengthMax) || '-';
}

/** Section 6.3.3. A line break inside is allowed, but many receivers take it for the end. */
function escapeValue(value: string): string {
  return value.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/["\\\]]/g, (found) => `\\${found}`);
}
