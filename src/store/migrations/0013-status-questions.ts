import type { Migration } from './migration.ts';

/** What responders (OCSP) are asked about certificates, and what they said last. */
export const statusQuestions: Migration = {
  number: 13,
  name: 'status-questions',
  statements: ({ bytes, key, strictByKey }) => [
    // der: the answer, when there is one. sha256: the certificate that is asked about.
    `create table status_questions (
      url_key ${key} not null primary key references fetches (url_key),
      sha256 ${key} not null,
      der ${bytes}
    )${strictByKey}`,
    'create index status_questions_sha256 on status_questions (sha256)',
  ],
};
