import { type Icon, IconClipboardText, IconCloudDownload, IconFile } from '@tabler/icons-react';
import i18next from 'i18next';

/** An entry of the list behind «Импортировать». */
export interface ImportAction {
  readonly id: string;
  /** Asked at every drawing: the language may have changed. */
  readonly title: () => string;
  readonly icon: Icon;
  readonly to: `/${string}`;
}

/** In their order; another section adds one line. */
export const IMPORT_ACTIONS: readonly ImportAction[] = [
  {
    id: 'file',
    title: () => i18next.t('importing.fromFile', { ns: 'workspace' }),
    icon: IconFile,
    to: '/certificates/import',
  },
  {
    id: 'paste',
    title: () => i18next.t('importing.paste', { ns: 'workspace' }),
    icon: IconClipboardText,
    to: '/certificates/import/text',
  },
  {
    id: 'dss',
    title: () => i18next.t('import', { ns: 'dss' }),
    icon: IconCloudDownload,
    to: '/dss/new',
  },
];
