import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FixView } from '../../../src/console/status/contract.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import { useAct } from './status-api.ts';

interface FixButtonsProps {
  readonly fixes: readonly FixView[];
  /** Of a certificate that has the problem. */
  readonly sha256: string;
}

/** What can be done about it; the first is the one that most often helps. */
export function FixButtons({ fixes, sha256 }: FixButtonsProps) {
  const { t } = useTranslation('status');
  const act = useAct();
  const notify = useNotices();
  return (
    <>
      <Group gap="sm">
        {fixes.map((fix, index) => {
          const variant = index === 0 ? 'filled' : 'default';
          const label = t(`fixes.${fix.kind}`);
          switch (fix.kind) {
            case 'import-issuer':
            case 'import-list':
              return (
                <Button
                  key={fix.kind}
                  variant={variant}
                  component={Link}
                  to={fix.kind === 'import-issuer' ? '/help/install-authorities' : '/help/import-lists'}
                >
                  {label}
                </Button>
              );
            case 'ask-issuer':
              return (
                <Button key={fix.kind} variant={variant} component={Link} to={`/journal/report/${sha256}`}>
                  {label}
                </Button>
              );
            case 'replace-access':
              return (
                <Button key={fix.kind} variant={variant} component="a" href="/.propusk/replace">
                  {label}
                </Button>
              );
            case 'install-anchor':
              // Where the fingerprint is shown, and what trusting means.
              return (
                <Button key={fix.kind} variant={variant} component={Link} to={`/certificates/${fix.sha256}`}>
                  {label}
                </Button>
              );
            default: {
              const { kind } = fix;
              return (
                <Button
                  key={kind}
                  variant={variant}
                  loading={act.isPending && act.variables.kind === kind}
                  onClick={() =>
                    act.mutate(
                      { kind, sha256 },
                      {
                        onSuccess: () =>
                          notify({ text: kind === 'recheck' ? t('rechecking') : t('fetching') }),
                      },
                    )
                  }
                >
                  {label}
                </Button>
              );
            }
          }
        })}
      </Group>
      <ActionProblem error={act.error} />
    </>
  );
}
