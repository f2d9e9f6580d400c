import { existsSync, readFileSync } from 'node:fs';
import type { Configuration } from '../configuration/configuration.ts';
import { type CheckResult, good, problem, warning } from './check.ts';
import { checkAccountMenu } from './check-account-menu.ts';

type Application = Configuration['values']['applications'][number];

const TIMEOUT_MS = 5_000;
const CLOCK_TOLERANCE_SECONDS = 60;
const LISTEN_STATE = '0A';

/** Whether the application answers, whether its clock agrees with ours, and whether it can be reached past the gate. */
export async function checkUpstream(
  application: Application,
  values: Configuration['values'],
  now: () => Date,
): Promise<CheckResult[]> {
  const name = `application ${application.id}`;
  const results: CheckResult[] = [];
  try {
    const answer = await fetch(application.upstream, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    results.push(checkAccountMenu(application, values, answer.headers));
    results.push(good(name, `${application.upstream} answers (${answer.status})`));
    const date = Date.parse(answer.headers.get('date') ?? '');
    const offset = Math.round((date - now().getTime()) / 1_000);
    if (Math.abs(offset) > CLOCK_TOLERANCE_SECONDS) {
      results.push(
        warning(
          'clock',
          `differs from the application’s by ${offset} s`,
          'set the time of both machines (NTP): certificates depend on it',
        ),
      );
    }
  } catch {
    results.push(
      problem(
        name,
        `${application.upstream} does not answer`,
        'start the application, or correct applications[].upstream',
      ),
    );
  }
  if (isOpenBesideTheGate(application)) {
    results.push(
      warning(
        name,
        `port ${new URL(application.upstream).port} is open on every address of this machine`,
        'let the application listen on 127.0.0.1 only, or close the port in the firewall: past the gate nobody is asked for a certificate',
      ),
    );
  }
  return results;
}

/** Looked up in the kernel's table of sockets (Linux), so that nothing is sent anywhere. */
function isOpenBesideTheGate({ upstream }: Application): boolean {
  const { hostname, port, protocol } = new URL(upstream);
  if (!/^(?:localhost|127\.|\[::1\])/.test(hostname)) return false;
  const wanted = Number(port || (protocol === 'https:' ? 443 : 80))
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].some(
    (table) =>
      existsSync(table) &&
      readFileSync(table, 'utf8')
        .split('\n')
        .some((line) => {
          const [, local = '', , state] = line.trim().split(/\s+/);
          const [address = '', localPort] = local.split(':');
          return state === LISTEN_STATE && localPort === wanted && /^0+$/.test(address);
        }),
  );
}
