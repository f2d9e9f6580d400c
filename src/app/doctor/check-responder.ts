import { askResponder } from '../ask-responder.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { type CheckResult, good, warning } from './check.ts';

const NAME = 'OCSP responder';

/** Whether the responder of this machine answers. The server need not run while this is asked, so it is no problem. */
export async function checkResponder({
  plainHttp,
}: Pick<Configuration['values'], 'plainHttp'>): Promise<CheckResult> {
  switch (await askResponder(plainHttp)) {
    case 'answers':
      return good(NAME, `port ${plainHttp?.port} answers`);
    case 'silent':
      return warning(
        NAME,
        `port ${plainHttp?.port} does not answer`,
        'start "propusk serve"; where it runs, look for plainHttp in the configuration and for another program on this port',
      );
    case 'none':
      return good(NAME, 'none: there is no listener without TLS (option plainHttp)');
  }
}
