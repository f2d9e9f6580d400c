import type { AuditEventType } from '../../../src/console/audit-log/contract.ts';

/** Every kind of event: a new one without its titles does not compile. */
export type EventType = AuditEventType;
