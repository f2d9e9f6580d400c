import type { DeliveryFailure, Receiver } from '../../journal-delivery/receiver.ts';
import type { Store } from '../../store/store.ts';
import { type CheckResult, good, problem, warning } from './check.ts';

const TIMEOUT_MS = 5_000;

const ADVICE: Readonly<Record<DeliveryFailure, readonly [finding: string, advice: string]>> = {
  unreachable: ['takes no connection', 'check its host and port, the network and the firewall'],
  timeout: [
    'does not answer in time',
    'check its port; a syslog server has to end its side of a connection when ours has ended',
  ],
  tls: [
    'offers no TLS, or a certificate that is not trusted',
    'check the name in host or url; for an authority of your own set caFile',
  ],
  cut: [
    'breaks connections',
    'look at the receiver’s own log; where it asks for our certificate set certificateFile',
  ],
  refused: ['refuses events', 'check url, secretFile and authorizationFile, and the receiver’s own log'],
  'too-large': ['takes not even one event', 'raise the limit on the size of a request at the receiver'],
  'server-error': ['has a fault of its own', 'look at the receiver’s own log'],
};

/** Connects to everybody whom the journal is handed on to, sends nothing, and says how far each has got. */
export async function checkJournalDelivery(
  receivers: readonly Receiver[],
  port: Pick<Store['journalDelivery'], 'listReceiverStates'>,
): Promise<CheckResult[]> {
  const check = 'journal delivery';
  if (receivers.length === 0) return [good(check, 'none (option journalDelivery)')];
  const states = await port.listReceiverStates();
  return Promise.all(
    receivers.map(async (receiver) => {
      const found = await receiver.check(AbortSignal.timeout(TIMEOUT_MS));
      const state = states.find((each) => each.receiver === receiver.name);
      if (found.kind === 'failed') {
        const [finding, advice] = ADVICE[found.category];
        return problem(check, `${receiver.name} ${finding}`, advice);
      }
      if (state?.failure !== undefined) {
        const [finding, advice] = ADVICE[state.failure.category];
        return warning(check, `${receiver.name} ${finding}; ${state.behind} events wait`, advice);
      }
      return good(check, `${receiver.name} takes connections; ${state?.behind ?? 'all'} events wait`);
    }),
  );
}
