/** Why a message was not delivered, and what an administrator does about it, by the outbox's category. */
export const deliveryFailuresRu = {
  unreachable: 'шлюз или почтовый сервер не отвечает: проверьте адрес и сеть',
  timeout: 'ответ не пришёл вовремя: попробуйте позже',
  tls: 'сертификат почтового сервера не принят: проверьте его',
  'http-status': 'шлюз ответил ошибкой: посмотрите журнал сервера',
  'answer-not-understood': 'ответ шлюза непонятен: проверьте настройку шлюза',
  credentials: 'шлюз не принял ключ или пароль: исправьте настройку',
  'number-refused': 'на этот номер не отправить: исправьте телефон',
  balance: 'на счёте SMS-шлюза нет денег: пополните его',
  'gateway-refused': 'шлюз отказал: спросите у поставщика',
  'address-refused': 'сервер не принимает такой адрес: исправьте почту',
  'sender-refused': 'сервер не принимает адрес отправителя: исправьте настройку',
  'server-deferred': 'почтовый сервер просит повторить позже',
  'server-refused': 'почтовый сервер отказал: спросите его администратора',
  expired: 'не успели отправить: срок сообщения вышел',
} as const satisfies Readonly<Record<string, string>>;

export const deliveryFailuresEn: Readonly<Record<keyof typeof deliveryFailuresRu, string>> = {
  unreachable: 'the gateway or mail server does not answer: check its address and the network',
  timeout: 'no answer came in time: try again later',
  tls: 'the mail server’s certificate is not accepted: check it',
  'http-status': 'the gateway answered with an error: look at the server’s log',
  'answer-not-understood': 'the gateway’s answer is not understood: check how the gateway is set up',
  credentials: 'the gateway did not accept key or password: correct the configuration',
  'number-refused': 'nothing can be sent to this number: correct the telephone number',
  balance: 'the SMS gateway’s account has no money: top it up',
  'gateway-refused': 'the gateway refused: ask its provider',
  'address-refused': 'the server does not take this address: correct the e-mail address',
  'sender-refused': 'the server does not take the sender’s address: correct the configuration',
  'server-deferred': 'the mail server asks to come again later',
  'server-refused': 'the mail server refused: ask its administrator',
  expired: 'not sent in time: the message was no longer of use',
};
