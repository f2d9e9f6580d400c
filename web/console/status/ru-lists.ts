/** Содержимое списка отзыва. */
export const ruLists = {
  search: 'Найти в списке',
  serial: 'Серийный номер',
  serialHint: 'Как в сертификате: с пробелами, двоеточиями или без них.',
  find: 'Найти',
  notANumber:
    'Это не серийный номер: в нём бывают только цифры и буквы от A до F. Скопируйте его из карточки сертификата.',
  listed: 'В списке: отозван',
  since: 'с {{at}}',
  reason: 'Причина: {{reason}}',
  entryIssuer: 'Издатель: {{issuer}}',
  notListed: 'В списке нет',
  notListedText:
    'Номера {{serial}} в этом списке нет. Это верно на день выпуска списка и только для сертификатов его издателя.',
  removed: 'Отзыв снят',
  removedText: 'Приостановка от {{at}} отменена.',
  mine: 'Каких моих сертификатов касается',
  none: 'Сертификатов этого издателя у вас нет.',
  ofIssuer_one: 'У вас {{count}} сертификат этого издателя.',
  ofIssuer_few: 'У вас {{count}} сертификата этого издателя.',
  ofIssuer_many: 'У вас {{count}} сертификатов этого издателя.',
  ofIssuer_other: 'У вас {{count}} сертификата этого издателя.',
  noneRevoked: 'Ни один не отозван.',
  revoked_one: 'Отозван {{count}}.',
  revoked_few: 'Отозваны {{count}}.',
  revoked_many: 'Отозвано {{count}}.',
  revoked_other: 'Отозвано {{count}}.',
  issuer: 'Издатель полностью',
  aboutTitle: 'О чём список',
  about: {
    all: 'обо всех сертификатах издателя',
    'user-certificates': 'о сертификатах пользователей',
    'ca-certificates': 'о сертификатах удостоверяющих центров',
    'attribute-certificates': 'об атрибутных сертификатах',
  },
  base: 'Дополняет полный список номер',
};

/** RFC 5280, 5.3.1. */
export const ruRevocationReasons = {
  unspecified: 'не указана',
  keyCompromise: 'ключ мог попасть к посторонним',
  cACompromise: 'скомпрометирован удостоверяющий центр',
  affiliationChanged: 'изменились сведения о владельце',
  superseded: 'заменён другим',
  cessationOfOperation: 'больше не нужен',
  certificateHold: 'приостановлен',
  privilegeWithdrawn: 'право отозвано',
  aACompromise: 'скомпрометирован центр атрибутов',
};
