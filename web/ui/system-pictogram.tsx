import type { ReactNode } from 'react';

export type DesktopSystem = 'windows' | 'macos' | 'linux';

/**
 * Our own drawings of the three kinds of computer, drawn on a grid of 16 so that they stay sharp at 16 px: a window of
 * four panes on a monitor, a portable computer with a rounded lid, a screen with a command line.
 */
const DRAWINGS: Readonly<Record<DesktopSystem, ReactNode>> = {
  windows: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="1.5" />
      <path d="M8 1.5v13M1.5 8h13" />
    </>
  ),
  macos: (
    <>
      <rect x="2.5" y="2.5" width="11" height="8" rx="2" />
      <path d="M0.75 13.5h14.5M6.5 13.5c0-1 .5-1 1.5-1s1.5 0 1.5 1" />
    </>
  ),
  linux: (
    <>
      <rect x="1.5" y="2.5" width="13" height="11" rx="1.5" />
      <path d="M4.25 5.75l2.5 2.25-2.5 2.25M8.5 10.5h3.25" />
    </>
  ),
};

export function SystemPictogram({
  system,
  size = 16,
}: {
  readonly system: DesktopSystem;
  readonly size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[system]}
    </svg>
  );
}
