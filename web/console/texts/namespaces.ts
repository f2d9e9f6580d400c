import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

/**
 * The texts of the console, one namespace for the shell and one for each section. A section adds its own beside its
 * texts: `declare module '../texts/namespaces.ts' { interface Namespaces { sessions: Translation<typeof ru> } }`.
 */
export interface Namespaces {
  console: Translation<typeof ru>;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: Namespaces;
  }
}
