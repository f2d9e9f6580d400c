import type { Demo } from './demo.ts';

export type PhoneFault = 'none' | 'down' | 'rubbish' | 'error-in-200' | 'refuse-number';

/** What the SMS gateway plays from now on. */
export async function playFault(demo: Pick<Demo, 'phoneUrl'>, kind: PhoneFault): Promise<void> {
  const answer = await fetch(`${demo.phoneUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind }),
  });
  if (!answer.ok) throw new Error(`the telephone does not know ${kind}: ${answer.status}`);
}
