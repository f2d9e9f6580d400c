import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconApps,
  IconCertificate,
  IconChevronDown,
  IconDeviceDesktop,
  IconKey,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { daysUntil, formatDate } from '../../ui/dates.ts';
import { useMe } from '../me.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './account-menu.module.css';

const SOON_DAYS = 14;
const SCHEMES = [
  { value: 'light', icon: IconSun, text: 'account.light' },
  { value: 'dark', icon: IconMoon, text: 'account.dark' },
  { value: 'auto', icon: IconDeviceDesktop, text: 'account.system' },
] as const;

/** Who I am, until when my certificate is valid, and the ways out. */
export function AccountMenu() {
  const { t } = useTranslation('console');
  const { account, certificate, portalOrigin } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const now = useServerNow();
  const days = daysUntil(certificate.notAfter, now);
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" width="18rem" shadow="md" trapFocus>
      <Menu.Target>
        <button
          type="button"
          className={classes.target}
          aria-label={t('account.menu', { login: account.login })}
        >
          <IconUserCircle size={24} stroke={1.5} aria-hidden="true" />
          <span className={classes.login}>{account.login}</span>
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        <div className={classes.who}>
          <b>{account.displayName === '' ? account.login : account.displayName}</b>
          <span className={classes.detail}>
            {account.login} · {t(`account.roles.${account.role}`)}
          </span>
          <span className={classes.detail}>
            {t('account.certificateUntil', { date: formatDate(certificate.notAfter) })}
            {days <= SOON_DAYS && <b className={classes.soon}> · {t('account.daysLeft', { count: days })}</b>}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Item
          component="a"
          href="/.propusk/replace"
          leftSection={<IconCertificate size={20} stroke={1.75} aria-hidden="true" />}
        >
          {t('account.replace')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/password"
          leftSection={<IconKey size={20} stroke={1.75} aria-hidden="true" />}
        >
          {t('account.password')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={`${portalOrigin}/`}
          leftSection={<IconApps size={20} stroke={1.75} aria-hidden="true" />}
        >
          {t('account.applications')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('account.theme')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) =>
            setColorScheme(SCHEMES.find(({ value }) => value === chosen)?.value ?? 'auto')
          }
        >
          {SCHEMES.map(({ value, icon: Icon, text }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick={false}
              rightSection={<Icon size={20} stroke={1.75} aria-hidden="true" />}
            >
              {t(text)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          component="a"
          href="/.propusk/sign-out"
          leftSection={<IconLogout size={20} stroke={1.75} aria-hidden="true" />}
        >
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
