import type { ru } from './ru.ts';

/** The same keys, any words: what a translation has to be. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };

export type Texts = Translation<typeof ru>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'portal';
    resources: { portal: Texts };
  }
}
