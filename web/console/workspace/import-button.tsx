import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IMPORT_ACTIONS } from '../import-actions.ts';

/** «Импортировать» with its list of actions. */
export function ImportButton({ variant = 'filled' }: { readonly variant?: 'filled' | 'default' }) {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="sm"
          variant={variant}
          leftSection={<IconDownload size={18} aria-hidden="true" />}
          rightSection={<IconChevronDown size={16} aria-hidden="true" />}
        >
          {t('importing.act')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {IMPORT_ACTIONS.map(({ id, title, icon: Icon, to }) => (
          <Menu.Item
            key={id}
            leftSection={<Icon size={20} stroke={1.75} aria-hidden="true" />}
            onClick={() => void navigate({ to })}
          >
            {title()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
