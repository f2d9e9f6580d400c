import { useTranslation } from 'react-i18next';
import type { DeviceView } from '../../../src/console/sessions/contract.ts';

const BROWSERS: Readonly<Record<NonNullable<DeviceView['browser']>, string>> = {
  chrome: 'Chrome',
  chromium: 'Chromium',
  edge: 'Edge',
  firefox: 'Firefox',
  opera: 'Opera',
  safari: 'Safari',
  yandex: 'Yandex Browser',
};

/** «Chrome 146, Windows». */
export function useDeviceName(): (device: DeviceView) => string {
  const { t } = useTranslation('sessions');
  return ({ browser, version, system }) => {
    const program = browser && [BROWSERS[browser], version].filter((part) => part !== null).join(' ');
    const place = system && t(`device.${system}`);
    if (program && place) return t('device.on', { browser: program, system: place });
    return program ?? place ?? t('device.unknown');
  };
}
