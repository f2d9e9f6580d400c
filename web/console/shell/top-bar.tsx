import { Burger } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { ProductMark } from '../../ui/product-mark.tsx';
import { useConsole } from '../console-context.tsx';
import { useMe, useSetLocale } from '../me.ts';
import { AccountMenu } from './account-menu.tsx';
import classes from './top-bar.module.css';

interface TopBarProps {
  readonly isNavigationOpen: boolean;
  readonly onNavigation: () => void;
}

/** Product, search, events, language, account. */
export function TopBar({ isNavigationOpen, onNavigation }: TopBarProps) {
  const { t } = useTranslation('console');
  const { sections } = useConsole();
  const { productName, locale } = useMe();
  const setLocale = useSetLocale();
  return (
    <div className={classes.bar}>
      <Burger
        className={classes.burger}
        hiddenFrom="md"
        size="sm"
        opened={isNavigationOpen}
        onClick={onNavigation}
        aria-label={isNavigationOpen ? t('nav.close') : t('nav.open')}
        aria-expanded={isNavigationOpen}
        aria-controls="navigation"
      />
      <Link className={classes.brand} to="/">
        <ProductMark />
        <span className={classes.product}>{productName}</span>
      </Link>
      <div className={classes.search}>
        {sections.map(({ name, search: Search }) => Search !== undefined && <Search key={name} />)}
      </div>
      {sections.map(({ name, bell: Bell }) => Bell !== undefined && <Bell key={name} />)}
      <div className={classes.language}>
        <LanguageSwitch label={t('language')} value={locale} onChange={(chosen) => void setLocale(chosen)} />
      </div>
      <AccountMenu />
    </div>
  );
}
