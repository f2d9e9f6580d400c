import { type Answer, json } from '../answer.ts';
import { drawQrImage } from '../qr-image.ts';
import type { Method } from '../users.ts';
import { type Dialogue, isCodeMethod, methodUri } from './dialogue.ts';

const TITLES = {
  'sign-in': 'Подтверждение входа',
  transaction: 'Подтверждение подписания',
  scope: 'Подтверждение действия',
} as const;

const LABELS: Readonly<Record<Method, string>> = {
  mobile: 'Подтвердите операцию в мобильном приложении',
  mydss: 'Подтвердите операцию в мобильном приложении',
  simauth: 'Подтвердите операцию на телефоне: запрос показан SIM-картой',
  otpviasms: 'Введите код из SMS',
  otpviaemail: 'Введите код из письма',
};

const CAPTIONS: Readonly<Record<Method, string>> = {
  mobile: 'myDSS',
  mydss: 'КриптоПро Ключ',
  simauth: 'SIM-карта',
  otpviasms: 'SMS',
  otpviaemail: 'Электронная почта',
};

/** Where a dialogue stands, in the one shape that every step answers with (`RequestSecurityTokenResponse`). */
export function presentDialogue(dialogue: Dialogue, warning?: string): Answer {
  const { state } = dialogue;
  switch (state.kind) {
    case 'choosing':
      return json({ Challenge: choice(dialogue), IsFinal: false, IsError: false });
    case 'waiting':
      return json({ Challenge: challenge(dialogue, warning), IsFinal: false, IsError: false });
    case 'confirmed':
      return presentToken(state);
    case 'declined':
      return presentError('authentication_declined', 'Пользователь отклонил операцию');
    case 'expired':
      return presentError('transaction_expired', 'Время ожидания подтверждения истекло');
    case 'too-many-attempts':
      return presentError('max_attempts_exceeded', 'Превышено число попыток ввода кода');
  }
}

export function presentToken(
  token: { readonly accessToken: string; readonly expiresInSeconds: number },
  refreshToken?: string,
): Answer {
  return json({
    AccessToken: token.accessToken,
    ExpiresIn: token.expiresInSeconds,
    ...(refreshToken === undefined ? {} : { RefreshToken: refreshToken }),
    IsFinal: true,
    IsError: false,
  });
}

export function presentError(error: string, description: string, status = 200): Answer {
  return json({ IsFinal: true, IsError: true, Error: error, ErrorDescription: description }, status);
}

function challenge(dialogue: Dialogue, warning: string | undefined): object {
  const method = dialogue.method ?? 'mydss';
  const image =
    method === 'mobile' || method === 'mydss' ? drawQrImage(`dss-practice:${dialogue.id}`) : undefined;
  return {
    Title: { Value: warning ?? TITLES[dialogue.purpose.kind] },
    TextChallenge: [
      {
        Label: LABELS[method],
        Title: CAPTIONS[method],
        ExpiresIn: dialogue.lifetimeSeconds,
        CreatedAt: Math.floor(dialogue.createdAt.getTime() / 1000),
        ExpiresInSpecified: true,
        IsHidden: isCodeMethod(method),
        AuthnMethod: methodUri(method),
        RefID: dialogue.id,
        ...(image === undefined ? {} : { Image: { Value: image.toString('base64') } }),
      },
    ],
    ContextData: { RefID: dialogue.id },
  };
}

function choice(dialogue: Dialogue): object {
  return {
    Title: { Value: TITLES[dialogue.purpose.kind] },
    ChoiceChallenge: [
      {
        RefID: dialogue.id,
        Label: 'Выберите способ подтверждения',
        Choice: dialogue.user.methods.map((method) => ({
          RefID: methodUri(method),
          Label: CAPTIONS[method],
        })),
      },
    ],
    ContextData: { RefID: dialogue.id },
  };
}
