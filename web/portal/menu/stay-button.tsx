import { Button } from '@mantine/core';

interface StayButtonProps {
  readonly label: string;
  readonly homeUrl: string;
  /** The page was led to by an application: the entry before this one in the history is that application's page. */
  readonly cameFromApplication: boolean;
}

/** Back to the very page, where an unsent form may wait; in a window of its own there is none, so to the home. */
export function StayButton({ label, homeUrl, cameFromApplication }: StayButtonProps) {
  return (
    <Button
      variant="default"
      component="a"
      href={homeUrl}
      onClick={(event) => {
        if (!cameFromApplication || history.length < 2) return;
        event.preventDefault();
        history.back();
      }}
    >
      {label}
    </Button>
  );
}
