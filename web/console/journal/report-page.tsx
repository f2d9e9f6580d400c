import { Button, Group } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import classes from './journal.module.css';
import { useReport } from './journal-api.ts';

/** Longer ones are cut by mail programs. */
const MAIL_MAX_CHARACTERS = 1500;

/** What goes to the technical support, to be seen before. */
export function ReportPage() {
  const { t } = useTranslation('journal');
  const { productName } = useMe();
  const { about } = useParams({ strict: false });
  // The number of a line of the journal, or the fingerprint of a certificate.
  const id = typeof about === 'string' ? about : '';
  const query = useReport(new URLSearchParams({ [id.length === 64 ? 'sha256' : 'sequence']: id }).toString());
  const report = query.data;
  if (query.isError && report === undefined) {
    return <LoadFault error={query.error} onRetry={() => void query.refetch()} />;
  }
  const save = () => {
    if (report === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([report.text], { type: 'text/plain' }));
    link.download = report.fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.head}>
        <PageTitle title={t('send.title')} productName={productName} />
        <p className={classes.lead}>{t('send.lead')}</p>
        {report !== undefined && (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled to with the keyboard, too */}
            <pre className={classes.report} tabIndex={0}>
              {report.text}
            </pre>
            <Group gap="sm">
              <Button onClick={save}>{t('send.file')}</Button>
              {report.email !== null && (
                <Button
                  variant="default"
                  component="a"
                  href={`mailto:${report.email}?subject=${encodeURIComponent(t('send.subject'))}&body=${encodeURIComponent(report.text.slice(0, MAIL_MAX_CHARACTERS))}`}
                >
                  {t('send.mail')}
                </Button>
              )}
              <Button variant="default" onClick={() => void navigator.clipboard.writeText(report.text)}>
                {t('send.copy')}
              </Button>
            </Group>
            <p className={classes.lead}>{report.email === null ? t('send.noMail') : t('send.mailHint')}</p>
          </>
        )}
      </div>
    </ListWithPanel>
  );
}
