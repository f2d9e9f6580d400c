import { useQueryClient } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { LoadFault } from './fault-message.tsx';
import { RefusedDialog } from './refused-dialog.tsx';

/** What is left when the page cannot be made at all. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const queryClient = useQueryClient();
  const retry = async () => {
    await queryClient.resetQueries();
    reset();
  };
  return (
    <main>
      <LoadFault error={error} onRetry={() => void retry()} />
      <RefusedDialog />
    </main>
  );
}
