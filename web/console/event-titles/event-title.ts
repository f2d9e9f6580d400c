import { useTranslation } from 'react-i18next';
import { en } from './en.ts';
import type { EventType } from './event-type.ts';
import { ru } from './ru.ts';

const TITLES = { ru, en } as const;

/** In the order of the table of titles, which keeps what belongs together together. */
export const EVENT_TYPES = Object.keys(ru) as readonly EventType[];

/** «Сертификат выпущен» for `certificate-issued`; the type itself where the server is newer than this page. */
export function useEventTitle(): (type: string) => string {
  const { i18n } = useTranslation();
  const titles: Readonly<Record<string, string>> = i18n.language === 'en' ? TITLES.en : TITLES.ru;
  return (type) => titles[type] ?? type;
}
