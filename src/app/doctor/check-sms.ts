import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gatewayAddresses } from '../../messaging/sms-gateway.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { type CheckResult, good, problem, warning } from './check.ts';

const TIMEOUT_MS = 5_000;

/** Opens a connection to the gateway, and to its spare address, and closes it; no message is sent. */
export async function checkSms({ sms }: Configuration): Promise<CheckResult[]> {
  if (!sms) {
    return [
      warning(
        'SMS',
        'no gateway is configured',
        'without SMS nobody can download a certificate; set the option sms',
      ),
    ];
  }
  return Promise.all(gatewayAddresses(sms).map(checkAddress));
}

async function checkAddress(url: URL): Promise<CheckResult> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const failure = await new Promise<string | undefined>((resolve) => {
    const socket =
      url.protocol === 'https:' ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    const end = (why: string | undefined) => {
      socket.destroy();
      resolve(why);
    };
    socket.setTimeout(TIMEOUT_MS, () => end('does not answer in time'));
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
  return failure === undefined
    ? good('SMS', `${url.host} takes connections`)
    : problem('SMS', `${url.host}: ${failure}`, 'check the option sms.url, the network and the firewall');
}
