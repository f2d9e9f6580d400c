import type { Translation } from '../../ui/translation.ts';
import type { ru } from './ru.ts';

export type Texts = Translation<typeof ru>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'portal';
    resources: { portal: Texts };
  }
}
