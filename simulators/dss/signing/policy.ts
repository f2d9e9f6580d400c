import type { DssUser } from '../users.ts';

const ACTIONS = [
  ['Issue', 'Выпуск сертификата'],
  ['SignDocument', 'Подпись документа'],
  ['SignDocuments', 'Подпись пакета документов'],
  ['DecryptDocument', 'Расшифрование документа'],
  ['CreateRequest', 'Создание запроса на сертификат'],
  ['ChangePin', 'Смена ПИН-кода'],
  ['RenewCertificate', 'Обновление сертификата'],
  ['RevokeCertificate', 'Отзыв сертификата'],
  ['HoldCertificate', 'Приостановка сертификата'],
  ['UnholdCertificate', 'Возобновление сертификата'],
  ['DeleteCertificate', 'Удаление сертификата'],
  ['PrivateKeyAccess', 'Доступ к ключу'],
] as const;

export type Action = (typeof ACTIONS)[number][0];

/** Of these a confirmation is asked from those who have something to confirm with. */
const CONFIRMED: readonly Action[] = ['SignDocument', 'SignDocuments', 'DecryptDocument'];

/** Who has to confirm what; it can be changed while the simulator runs. */
export class Policies {
  readonly #changed = new Map<string, boolean>();

  isConfirmationRequired(user: DssUser, action: Action): boolean {
    const isUsual = user.methods.length > 0 && CONFIRMED.includes(action);
    return this.#changed.get(`${user.login} ${action}`) ?? isUsual;
  }

  setConfirmationRequired(login: string, action: Action, isRequired: boolean): void {
    this.#changed.set(`${login} ${action}`, isRequired);
  }

  clear(): void {
    this.#changed.clear();
  }

  /** `GET {SignServer}/api/policy`. */
  present(user: DssUser): object {
    return {
      ActionPolicy: ACTIONS.map(([action, displayName]) => ({
        DisplayName: displayName,
        Uri: `http://dss.cryptopro.ru/identity/claims/action/${action.toLowerCase()}`,
        Action: action,
        MfaRequired: this.isConfirmationRequired(user, action),
      })),
      PinCodeMode: 'Allow',
      CAPolicy: [authorityPolicy(1, 'Учебный УЦ (RSA)'), authorityPolicy(2, 'Учебный УЦ (ГОСТ)')],
      CSPsPolicy: [],
      TspServices: [],
      TransactionConfirmation: 'NotSet',
      AllowedSignatureTypes: ['GOST3410', 'CMS', 'CAdES'],
      AllowThirdPartyTsp: false,
      AllowHashSigning: true,
    };
  }
}

export function parseAction(name: unknown): Action | undefined {
  return ACTIONS.find(([action]) => action === name)?.[0];
}

function authorityPolicy(id: number, name: string): object {
  return {
    ID: id,
    Name: name,
    Active: true,
    AllowUserMode: false,
    SNChangesEnable: false,
    NamePolicy: [],
    EKUTemplates: {},
    CAType: 'DSSOutOfBandEnroll',
    ValidationMode: 'NotSet',
  };
}
