import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import classes from './status.module.css';

/** «Как установить корневой и промежуточный сертификаты» and «Как импортировать список отзыва сертификатов (СОС)». */
export function HelpPage({ about }: { readonly about: 'roots' | 'lists' }) {
  const { t } = useTranslation('status');
  const { productName } = useMe();
  const steps = t(`help.${about}Steps`, { returnObjects: true });
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.page}>
        <PageTitle title={t(`help.${about}`)} productName={productName} />
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </ListWithPanel>
  );
}
