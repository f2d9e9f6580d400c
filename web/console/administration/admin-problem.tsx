import { useTranslation } from 'react-i18next';
import { ActionProblem } from '../faults/action-problem.tsx';
import { ru } from './ru.ts';

type Known = keyof (typeof ru)['problem'];

function isKnown(code: string): code is Known {
  return Object.hasOwn(ru.problem, code);
}

/** What the server refused, in the words of these pages. */
export function AdminProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('administration');
  return (
    <ActionProblem error={error} textOf={(code) => (isKnown(code) ? t(`problem.${code}`) : undefined)} />
  );
}
