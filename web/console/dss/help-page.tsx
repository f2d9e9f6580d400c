import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import classes from './dss.module.css';

const FIELDS = [
  { names: ['name'], hint: 'nameHint' },
  { names: ['authorizationServer', 'dssServer'], hint: 'serverHint' },
  { names: ['usesV2'], hint: 'usesV2Hint' },
  { names: ['login'], hint: 'loginHint' },
] as const;

/** «Как установить сертификат из DSS», with «Как создать подключение к сервису DSS» as its first part. */
export function CertificateHelpPage() {
  const { t } = useTranslation('dss');
  const { productName } = useMe();
  return (
    <ListWithPanel panel={undefined}>
      <article className={classes.page}>
        <PageTitle title={t('helpPage.certificate')} productName={productName} />
        <p>
          {t('helpPage.intro')}{' '}
          <Anchor renderRoot={(props) => <Link to="/dss/help/connection" {...props} />}>
            {t('helpPage.connection')}
          </Anchor>
        </p>
        <h2 className={classes.section}>{t('helpPage.connection')}</h2>
        <Steps />
        <Afterwards />
      </article>
    </ListWithPanel>
  );
}

export function ConnectionHelpPage() {
  const { t } = useTranslation('dss');
  const { productName } = useMe();
  return (
    <ListWithPanel panel={undefined}>
      <article className={classes.page}>
        <PageTitle title={t('helpPage.connection')} productName={productName} />
        <Steps />
        <Afterwards />
      </article>
    </ListWithPanel>
  );
}

function Steps() {
  const { t } = useTranslation('dss');
  return (
    <>
      <ol className={classes.steps}>
        <li>{t('helpPage.steps.open')}</li>
        <li>{t('helpPage.steps.press')}</li>
        <li>{t('helpPage.steps.choose')}</li>
        <li>
          {t('helpPage.steps.fill')}
          <ul className={classes.steps}>
            {FIELDS.map(({ names, hint }) => (
              <li key={hint}>
                <strong>{names.map((name) => t(`form.${name}`)).join(', ')}</strong> – {t(`form.${hint}`)}
              </li>
            ))}
          </ul>
        </li>
        <li>{t('helpPage.steps.continue')}</li>
        <li>{t('helpPage.steps.password')}</li>
        <li>{t('helpPage.steps.phone')}</li>
      </ol>
      <div>
        <Button renderRoot={(props) => <Link to="/dss/new" {...props} />}>{t('helpPage.begin')}</Button>
      </div>
    </>
  );
}

function Afterwards() {
  const { t } = useTranslation('dss');
  return (
    <>
      <p>{t('helpPage.result')}</p>
      <p>
        <strong>{t('done.important')}</strong>
      </p>
      <p>{t('helpPage.errors')}</p>
      <h2 className={classes.section}>{t('helpPage.possible')}</h2>
      <ol className={classes.steps}>
        <li>
          {t('failed.credentials')} – {t('failed.credentialsDo')}.
        </li>
        <li>
          {t('failed.title')} – {t('failed.addressDo')}. {t('failed.ownNetwork')}
        </li>
      </ol>
      <h2 className={classes.section}>{t('helpPage.seeAlso')}</h2>
      <ul className={classes.steps}>
        <li>
          <Anchor renderRoot={(props) => <Link to="/help/install-authorities" {...props} />}>
            {t('helpPage.roots')}
          </Anchor>
        </li>
        <li>
          <Anchor renderRoot={(props) => <Link to="/help/import-lists" {...props} />}>
            {t('helpPage.lists')}
          </Anchor>
        </li>
      </ul>
    </>
  );
}
