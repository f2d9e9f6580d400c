import { type Answer, type DssRequest, readJson } from '../answer.ts';
import { Fields } from '../fields.ts';
import type { DssUser } from '../users.ts';
import { authenticateBasic, authenticateBearer } from './credentials.ts';
import { type Dialogue, isOver, type Purpose } from './dialogue.ts';
import type { Dialogues } from './dialogues.ts';
import { presentDialogue, presentError, presentToken } from './present.ts';
import type { Tokens } from './tokens.ts';

/** The transactions that wait for a confirmation, as far as this endpoint has to know them. */
export interface ConfirmableTransactions {
  findConfirmable(
    id: string,
    login: string,
    now: Date,
  ):
    | { readonly kind: 'found'; readonly documents: readonly string[] }
    | { readonly kind: 'invalid' }
    | { readonly kind: 'expired' };
}

export interface ConfirmationContext {
  readonly tokens: Tokens;
  readonly dialogues: Dialogues;
  readonly transactions: ConfirmableTransactions;
}

/** In any letter case, whatever the application's name is; or an address of the signature server. */
const RESOURCE = /^(?:urn:cryptopro:dss:signserver:[\w.-]+|https?:\/\/\S+)$/i;

/**
 * `POST {STS}/confirmation` and `{STS}/v2.0/confirmation`: the first request of a dialogue, and every poll and answer
 * of it. A sign-in comes with Basic, the confirmation of a transaction with the Bearer token of the sign-in; every
 * step comes with the same header as the first.
 */
export function handleConfirmation(request: DssRequest, context: ConfirmationContext): Answer {
  const { tokens, dialogues } = context;
  const isBearer = /^bearer\b/i.test(request.authorization ?? '');
  const user = isBearer
    ? authenticateBearer(request.authorization, tokens, request.now).user
    : authenticateBasic(request.authorization);
  const fields = new Fields(readJson(request));
  if (!RESOURCE.test(fields.text('Resource') ?? '')) {
    return presentError('invalid_request', 'Неизвестный ресурс', 400);
  }
  const response = fields.object('ChallengeResponse');
  if (!response.isEmpty) return continueDialogue(response, user, request.now, dialogues);

  const purpose = isBearer ? readPurpose(fields, user, request.now, context) : ({ kind: 'sign-in' } as const);
  if ('status' in purpose) return purpose;
  if (user.methods.length === 0) {
    const transactionId = purpose.kind === 'transaction' ? purpose.transactionId : undefined;
    return presentToken(tokens.issue(user, transactionId, request.now), tokens.issueRefreshToken(user));
  }
  return presentDialogue(dialogues.open(user, purpose, fields.text('CallbackUri'), request.now));
}

function readPurpose(
  fields: Fields,
  user: DssUser,
  now: Date,
  { transactions }: ConfirmationContext,
): Purpose | Answer {
  // The names of v1 and of v2; which address they come to does not matter.
  const transactionId = fields.text('TransactionTokenId') ?? fields.text('OperationId');
  if (transactionId === undefined || transactionId === '') {
    const scope = fields.text('ConfirmationScope');
    return scope === undefined
      ? presentError('invalid_request', 'Не указана операция')
      : { kind: 'scope', scope };
  }
  const found = transactions.findConfirmable(transactionId, user.login, now);
  switch (found.kind) {
    case 'found':
      return { kind: 'transaction', transactionId, documents: found.documents };
    case 'invalid':
      return presentError('invalid_transaction', 'Операция не найдена');
    case 'expired':
      return presentError('transaction_expired', 'Срок действия операции истёк');
  }
}

function continueDialogue(response: Fields, user: DssUser, now: Date, dialogues: Dialogues): Answer {
  const [choice] = response.list('ChoiceChallengeResponse');
  const [text] = response.list('TextChallengeResponse');
  const id = (choice ?? text)?.text('RefId');
  const dialogue = id === undefined ? undefined : dialogues.find(id, now);
  if (dialogue?.user !== user) return presentError('invalid_transaction', 'Запрос подтверждения не найден');
  if (isOver(dialogue)) return presentDialogue(dialogue);
  if (choice) return takeChoice(dialogue, choice, now, dialogues);
  const value = text?.text('Value');
  if (value === undefined || value === '' || dialogue.state.kind !== 'waiting')
    return presentDialogue(dialogue);
  const isRight = dialogues.takeCode(dialogue, value, now) === 'right';
  return presentDialogue(
    dialogue,
    isRight ? undefined : `Неверный код. Осталось попыток: ${dialogue.attemptsLeft}`,
  );
}

function takeChoice(dialogue: Dialogue, choice: Fields, now: Date, dialogues: Dialogues): Answer {
  const selected = choice.list('ChoiceSelected')[0]?.text('RefId') ?? '';
  return dialogues.choose(dialogue, selected, now) === 'chosen'
    ? presentDialogue(dialogue)
    : presentError('invalid_request', 'Неизвестный способ подтверждения');
}
