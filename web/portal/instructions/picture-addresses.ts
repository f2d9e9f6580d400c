import type { LocaleCode } from '../../../src/portal/contract.ts';
import { type PictureName, pictureFile } from './picture-names.ts';

const ADDRESSES = import.meta.glob<string>('./pictures/*/*.{png,svg}', {
  eager: true,
  query: '?url',
  import: 'default',
});

export function pictureAddress(name: PictureName, locale: LocaleCode): string | undefined {
  return ADDRESSES[`./pictures/${locale}/${pictureFile(name)}`];
}
