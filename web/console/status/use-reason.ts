import { useTranslation } from 'react-i18next';
import type { ReasonCode, StatusView } from '../../../src/console/status/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';

interface Told {
  readonly title: string;
  readonly what: string;
  readonly todo: string;
}

const CATEGORIES = [
  'address-unsupported',
  'address-refused',
  'name-unknown',
  'unreachable',
  'tls-failed',
  'too-slow',
  'too-large',
  'too-many-redirects',
  'status',
  'answer-broken',
  'not-expected',
  'responder-refused',
] as const;

/** Of the certificate for signing in: what to do is another thing. */
const ACCESS_REASONS = ['revoked', 'on-hold', 'expired', 'expires-soon'] as const;

const REVOCATION_REASONS = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

/** The words of a category of failed requests. */
export function useCategory(): (category: string | null | undefined) => string {
  const { t } = useTranslation('status');
  return (category) => {
    const known = CATEGORIES.find((each) => each === category);
    return known === undefined ? (category ?? '') : t(`categories.${known}`);
  };
}

/** One sentence of what is wrong, and one of what to do. */
export function useReason(): (reason: ReasonCode, about: Pick<StatusView, 'facts' | 'culprit'>) => Told {
  const { t } = useTranslation('status');
  const categoryOf = useCategory();
  return (reason, { facts, culprit }) => {
    const why = REVOCATION_REASONS.find((each) => each === facts.revocationReason);
    const values = {
      at: facts.at === undefined ? '–' : formatDateTime(facts.at),
      culprit: culprit?.name ?? '–',
      issuer: facts.issuer === undefined ? (culprit?.name ?? '–') : commonNameOf(facts.issuer),
      algorithm: facts.algorithm ?? '–',
      url: facts.url ?? '–',
      category: categoryOf(facts.category),
    };
    if (facts.isAccess === true) {
      const own = ACCESS_REASONS.find((each) => each === reason);
      if (own !== undefined) {
        return {
          title: t(`reasons.${reason}.title`),
          what: t(`accessReasons.${own}.what`, values),
          todo: t(`accessReasons.${own}.todo`),
        };
      }
    }
    return {
      title: t(`reasons.${reason}.title`),
      what: [
        t(`reasons.${reason}.what`, values),
        ...(why === undefined ? [] : [`${t('list.reason', { reason: t(`revocationReasons.${why}`) })}.`]),
      ].join(' '),
      todo: t(`reasons.${reason}.todo`, values),
    };
  };
}

/** Of a name after RFC 4514; the whole name where there is none. */
function commonNameOf(name: string): string {
  const found = /(?:^|,)CN=((?:\\.|[^,\\])+)/u.exec(name)?.[1];
  return found === undefined ? name : found.replaceAll(/\\(.)/gu, '$1');
}
