import { useTranslation } from 'react-i18next';
import { deliveryFailuresEn, deliveryFailuresRu } from './delivery-failures.ts';

/** Words for a category; one of a newer server is shown as it is. */
export function useDeliveryFailure(): (category: string) => string {
  const { i18n } = useTranslation();
  const words: Readonly<Record<string, string>> =
    i18n.language === 'en' ? deliveryFailuresEn : deliveryFailuresRu;
  return (category) => (Object.hasOwn(words, category) ? words[category] : undefined) ?? category;
}
