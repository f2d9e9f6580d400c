import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { problemCode } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { isRefusal } from '../refused.ts';

function problemText(t: TFunction<'console'>, code: string): string {
  switch (code) {
    case 'network':
      return `${t('fault.networkTitle')}. ${t('fault.networkText')}`;
    case 'role-required':
      return t('fault.role');
    case 'revision-changed':
      return t('fault.changed');
    case 'request-too-large':
      return t('fault.tooLarge');
    case 'throttled':
    case 'message-limit':
      return t('fault.throttled');
    case 'database-unavailable':
      return t('fault.unavailable');
    default:
      return t('fault.actionFailed', { code });
  }
}

interface ActionProblemProps {
  readonly error: unknown;
  /** The section's own words for codes of its own; undefined: the common ones. */
  readonly textOf?: (code: string) => string | undefined;
}

/** Beside the button whose press failed. */
export function ActionProblem({ error, textOf }: ActionProblemProps) {
  const { t } = useTranslation('console');
  if (error === null || error === undefined || isRefusal(error)) return null;
  const code = problemCode(error);
  return <Notice tone="invalid" role="alert" title={textOf?.(code) ?? problemText(t, code)} />;
}
