import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice } from '../../ui/notice.tsx';
import { GUIDE_SYSTEMS } from '../instructions/blocks.ts';
import { BROWSERS_OF, browserName, SYSTEM_NAMES } from '../instructions/names.ts';
import { ownBrowser, ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import { clientAdvice } from './client-advice.ts';
import classes from './device-advice.module.css';

/**
 * Stands before every button that issues a certificate: on a telephone and in Safari it says what will work here. The
 * reader can correct what was detected.
 */
export function DeviceAdvice({ askElsewhere = false }: { readonly askElsewhere?: boolean }) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const advice = clientAdvice(reader);
  if (advice === 'none') {
    return askElsewhere ? (
      <Disclosure title={t('device.elsewhere')}>
        <ReaderChoice />
      </Disclosure>
    ) : null;
  }
  const system = ownSystem(reader);
  return (
    <div data-advice={advice}>
      <Notice tone="attention" title={t(`device.advice.${advice}.title`)}>
        <div className={classes.body}>
          <p>
            <Emphasised text={t(`device.advice.${advice}.text`)} />
          </p>
          <p>
            <Emphasised text={t(`device.advice.${advice}.file`)} />
          </p>
          <Link
            to="/instructions/$system"
            params={{ system }}
            search={{ browser: ownBrowser(system, undefined, reader) }}
          >
            {t('device.instruction', { system: SYSTEM_NAMES[system] })}
          </Link>
          <Disclosure title={t('device.wrong')}>
            <ReaderChoice />
          </Disclosure>
        </div>
      </Notice>
    </div>
  );
}

/** What the reader says counts more than what the browser says. */
function ReaderChoice() {
  const { t } = useTranslation();
  const { locale } = useSession();
  const { reader, setReader } = usePortal();
  const system = ownSystem(reader);
  const browser = ownBrowser(system, undefined, reader);
  return (
    <div className={classes.choice}>
      <NativeSelect
        label={t('device.system')}
        value={system}
        onChange={(event) => {
          const chosen = GUIDE_SYSTEMS.find((known) => known === event.currentTarget.value) ?? system;
          setReader({ system: chosen, browser: ownBrowser(chosen, undefined, reader), surface: 'browser' });
        }}
        data={GUIDE_SYSTEMS.map((value) => ({ value, label: SYSTEM_NAMES[value] }))}
      />
      <NativeSelect
        label={t('device.browser')}
        value={browser}
        onChange={(event) =>
          setReader({
            system,
            browser: ownBrowser(system, event.currentTarget.value, reader),
            surface: 'browser',
          })
        }
        data={BROWSERS_OF[system].map((value) => ({ value, label: browserName(value, locale) }))}
      />
    </div>
  );
}
