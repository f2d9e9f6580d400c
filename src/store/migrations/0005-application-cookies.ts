import type { Migration } from './migration.ts';

/** Where applications set cookies, so that sign-out and a change of account can expire exactly those. */
export const applicationCookies: Migration = {
  number: 5,
  name: 'application-cookies',
  statements: ({ integer, key, strictByKey }) => [
    // No value is ever kept. An empty domain: of the host alone.
    `create table application_cookies (
      application_id ${key} not null,
      name ${key} not null,
      path ${key} not null,
      domain ${key} not null,
      partitioned ${integer} not null check (partitioned in (0, 1)),
      first_seen_at ${integer} not null,
      primary key (application_id, name, path, domain, partitioned)
    )${strictByKey}`,
  ],
};
