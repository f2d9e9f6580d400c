import { useTranslation } from 'react-i18next';
import type { AuditLogDetail, AuditLogEvent } from '../../../src/console/audit-log/contract.ts';
import { reasonOf } from '../refusals/reason-key.ts';
import { useCategory } from '../status/use-reason.ts';
import { useDeliveryFailure } from '../use-delivery-failure.ts';
import { ru } from './ru.ts';
import { auditLogValuesEn, auditLogValuesRu } from './value-words.ts';

type Name = keyof (typeof ru)['names'];

const VALUES = Object.keys(ru.values) as readonly (keyof (typeof ru)['values'])[];
const NAMES = Object.keys(ru.names) as readonly Name[];

export interface DetailLine {
  readonly name: string;
  readonly value: string;
  /** Told in the panel only: numbers that say nothing to a reader. */
  readonly isInternal: boolean;
}

/** The details of an event with their names, for people. */
export function useDetails(): (event: AuditLogEvent) => readonly DetailLine[] {
  const { t, i18n } = useTranslation(['audit-log', 'refusals', 'status']);
  const categoryOf = useCategory();
  const failureOf = useDeliveryFailure();
  const words = i18n.language === 'en' ? auditLogValuesEn : auditLogValuesRu;
  const textOf = ({ type }: AuditLogEvent, name: string, value: AuditLogDetail): string => {
    if (type === 'entry-refused' && name === 'reason' && typeof value === 'string') {
      return t(`reasons.${reasonOf(value)}`, { ns: 'refusals', code: value });
    }
    // Values of a newer server have no words here: they are told as they are.
    if (type === 'certificate-revoked' && name === 'reason') {
      return t(`revocationReasons.${String(value)}` as 'revocationReasons.superseded', {
        ns: 'status',
        defaultValue: String(value),
      });
    }
    if (type === 'certificate-status-changed' && typeof value === 'string') {
      const key = name === 'reason' ? `reasons.${value}.title` : `states.${value}`;
      return t(key as 'states.valid', { ns: 'status', defaultValue: value });
    }
    if (name === 'category') {
      return type.startsWith('message-') ? failureOf(String(value)) : categoryOf(String(value));
    }
    const key = `${name}.${String(value)}`;
    if (Object.hasOwn(words, key)) return words[key] ?? key;
    if (Array.isArray(value)) {
      return value.map((each) => words[`${name}.${each}`] ?? each).join(', ');
    }
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

/** What was another value before, a line each: from what to what. */
export function useChanges(): (event: AuditLogEvent) => readonly { name: string; value: string }[] {
  const { t } = useTranslation('audit-log');
  return ({ changes }) =>
    changes.map(({ field, before, after }) => {
      const textOf = (value: string | null): string => {
        if (value === null) return t('noValue');
        const known = VALUES.find((each) => each === value);
        return known === undefined || (field !== 'role' && field !== 'status') ? value : t(`values.${known}`);
      };
      return { name: t(`fields.${field}`), value: `${textOf(before)} → ${textOf(after)}` };
    });
}
