import { mayRun } from '../../gate/embed/security-policy.ts';
import { DATA_PATH, SCRIPT_PATH } from '../../gate/embed/tag-pages.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { originOf } from '../configuration/configuration.ts';
import { type CheckResult, good, warning } from './check.ts';

type Application = Configuration['values']['applications'][number];

/** Whether the policy that an answer of the application carries lets the account menu into its pages. */
export function checkAccountMenu(
  application: Application,
  values: Configuration['values'],
  headers: Headers,
): CheckResult {
  const name = `account menu in ${application.id}`;
  if (!application.accountMenu)
    return good(name, 'switched off: a page in between tells of the end of a certificate');
  const policy = headers.get('content-security-policy');
  const [host = ''] = application.hosts;
  const origin = originOf(host, values);
  const permission = mayRun(
    { url: new URL(SCRIPT_PATH, origin), dataUrl: new URL(DATA_PATH, origin) },
    policy === null ? [] : [policy],
  );
  if (permission.kind === 'allowed')
    return good(name, 'allowed by the content security policy of its first page');
  return warning(
    name,
    `kept out by the application’s content security policy: ${permission.directive}`,
    "let the application allow script-src 'self' and connect-src 'self', or set accountMenu to false; see docs/for-developers.md",
  );
}
