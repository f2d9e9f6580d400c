import type { Translation } from '../../ui/translation.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

declare module '../texts/namespaces.ts' {
  interface Namespaces {
    overview: Translation<typeof ru>;
  }
}

export const texts = { ru, en };
