import { useTranslation } from 'react-i18next';
import type { AuditLogDetail, AuditLogEvent } from '../../../src/console/audit-log/contract.ts';
import { reasonOf } from '../refusals/reason-key.ts';
import { ru } from './ru.ts';

type Name = keyof (typeof ru)['names'];

const NAMES = Object.keys(ru.names) as readonly Name[];

export interface DetailLine {
  readonly name: string;
  readonly value: string;
  /** Told in the panel only: numbers that say nothing to a reader. */
  readonly isInternal: boolean;
}

/** The details of an event with their names, for people. */
export function useDetails(): (event: AuditLogEvent) => readonly DetailLine[] {
  const { t } = useTranslation(['audit-log', 'refusals']);
  const textOf = (event: AuditLogEvent, name: string, value: AuditLogDetail): string => {
    if (event.type === 'entry-refused' && name === 'reason' && typeof value === 'string') {
      return t(`reasons.${reasonOf(value)}`, { ns: 'refusals', code: value });
    }
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'object' ? Object.values(value).join(' ') : String(value);
  };
  return (event) =>
    Object.entries(event.details).map(([name, value]) => {
      const known = NAMES.find((each) => each === name);
      return {
        name: known === undefined ? name : t(`names.${known}`),
        value: textOf(event, name, value),
        isInternal: /Id$|^sha256/.test(name) && name !== 'applicationId',
      };
    });
}
