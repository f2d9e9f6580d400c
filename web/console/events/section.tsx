import { IconBell } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { ConsoleSection } from '../section.ts';
import { Bell } from './bell.tsx';
import { EventList } from './event-list.tsx';
import classes from './events.module.css';
import { texts } from './texts.ts';

/** «События». */
export const eventsSection: ConsoleSection = {
  name: 'events',
  texts,
  bell: Bell,
  nav: [
    {
      group: 'settings',
      place: 'events',
      path: '/events',
      title: () => i18next.t('nav', { ns: 'events' }),
      icon: IconBell,
    },
  ],
  routes: (shell) => [createRoute({ getParentRoute: () => shell, path: '/events', component: EventsPage })],
};

function EventsPage() {
  const { t } = useTranslation('events');
  const { productName } = useMe();
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.page}>
        <PageTitle title={t('title')} productName={productName} />
        <EventList />
      </div>
    </ListWithPanel>
  );
}
