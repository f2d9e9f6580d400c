import { ActionIcon, Drawer, Indicator } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventList } from './event-list.tsx';
import { useEvents } from './events-api.ts';

/** «События»: how many are unread, and the panel at the right. */
export function Bell() {
  const { t } = useTranslation('events');
  const [isOpen, setOpen] = useState(false);
  const unread = useEvents().data?.unread ?? 0;
  const label = unread > 0 ? `${t('bell')}, ${t('unread', { count: unread })}` : t('bell');
  return (
    <>
      <Indicator label={unread > 99 ? '99+' : unread} size={18} disabled={unread === 0} color="red" inline>
        <ActionIcon variant="subtle" size="lg" aria-label={label} title={label} onClick={() => setOpen(true)}>
          <IconBell size={22} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        title={t('title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <EventList onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
