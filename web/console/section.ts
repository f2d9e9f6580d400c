import type { Icon } from '@tabler/icons-react';
import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Locale, Role } from '../../src/console/contract.ts';

/** The places of the left navigation, in their order; only those that a section fills are shown. */
export const NAV_PLACES = {
  settings: ['certificates', 'health', 'events', 'journal', 'dss', 'sessions'],
  administration: ['overview', 'accounts', 'certificates', 'refusals', 'journal', 'authority'],
} as const;

export type NavEntry = {
  readonly path: `/${string}`;
  /** Asked at every drawing: the language may have changed. */
  readonly title: () => string;
  readonly icon: Icon;
  /** Beside the title; draws nothing while there is nothing to do. */
  readonly badge?: ComponentType;
} & (
  | { readonly group: 'settings'; readonly place: (typeof NAV_PLACES.settings)[number] }
  | {
      readonly group: 'administration';
      readonly place: (typeof NAV_PLACES.administration)[number];
      readonly roles: readonly Exclude<Role, 'user'>[];
    }
);

/** A part of the console: its routes, its places in the navigation, its texts. One line in `sections.ts` adds it. */
export interface ConsoleSection {
  /** Also the namespace of its texts. */
  readonly name: string;
  readonly texts: Readonly<Record<Locale, object>>;
  readonly nav: readonly NavEntry[];
  /** Below the shell; those of the administration begin with `/admin`. */
  readonly routes: (shell: AnyRoute) => readonly AnyRoute[];
  /** In the top bar. */
  readonly bell?: ComponentType;
  readonly search?: ComponentType;
}
