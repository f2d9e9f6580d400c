import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './navigation.module.css';
import { type NavGroup, useNavigation } from './navigation-of.ts';

/** The left navigation: what this person has. */
export function Navigation() {
  return useNavigation().map((group) => <Group key={group.group} group={group} />);
}

function Group({ group: { group, entries } }: { readonly group: NavGroup }) {
  const { t } = useTranslation('console');
  const heading = useId();
  return (
    <div className={classes.group}>
      <h2 id={heading} className={classes.heading}>
        {t(`nav.${group}`)}
      </h2>
      <ul className={classes.list} aria-labelledby={heading}>
        {entries.map(({ path, title, icon: Icon, badge: Badge }) => (
          <li key={path}>
            {/* The overview stands at the root of the others' addresses. */}
            <Link to={path} className={classes.link} activeOptions={{ exact: path === '/admin' }}>
              <Icon size={20} stroke={1.75} aria-hidden="true" />
              {title()}
              {Badge !== undefined && <Badge />}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
