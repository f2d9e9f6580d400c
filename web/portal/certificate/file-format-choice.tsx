import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFormat } from '../../../src/portal/contract.ts';
import type { FileExtension } from '../../api/portal-client.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { useDownload } from '../actions.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import type { GuideSystem } from '../instructions/blocks.ts';
import { defaultExtension } from './file-choice.ts';
import classes from './file-format-choice.module.css';

/** For whom the file says "wrong password" although the password is right: the same certificate in the other format. */
export function FileFormatChoice({ system }: { readonly system: GuideSystem }) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<FileFormat>('modern');
  const [chosen, setChosen] = useState<FileExtension>();
  const extension = chosen ?? defaultExtension(system);
  const download = useDownload();
  return (
    <Disclosure title={t('certificate.formatTitle')}>
      <div className={classes.body}>
        <p>{t('certificate.formatText')}</p>
        <Radio.Group
          label={t('certificate.format')}
          value={format}
          onChange={(value) => setFormat(value === 'compatible' ? 'compatible' : 'modern')}
        >
          <div className={classes.options}>
            <Radio
              value="compatible"
              label={t('certificate.formatCompatible')}
              description={t('certificate.formatCompatibleHint')}
            />
            <Radio
              value="modern"
              label={t('certificate.formatModern')}
              description={t('certificate.formatModernHint')}
            />
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('certificate.extension')}
          value={extension}
          onChange={(value) => setChosen(value === 'pfx' ? 'pfx' : 'p12')}
        >
          <div className={classes.options}>
            <Radio value="pfx" label={t('certificate.extensionPfx')} />
            <Radio value="p12" label={t('certificate.extensionP12')} />
          </div>
        </Radio.Group>
        <Button
          variant="default"
          className={classes.submit}
          loading={download.isPending}
          onClick={() => download.mutate({ issue: false, format, extension })}
        >
          {t('certificate.formatSubmit')}
        </Button>
        <ActionProblem error={download.error} />
      </div>
    </Disclosure>
  );
}
