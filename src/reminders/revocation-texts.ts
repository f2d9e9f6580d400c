export interface RevocationLetterOptions {
  /** The console's page «Состояние». */
  readonly healthUrl: string;
  readonly productName: string;
}

/** To somebody one of whose personal certificates was revoked or suspended. No names: letters are read by others too. */
export function revocationLetter({ healthUrl, productName }: RevocationLetterOptions) {
  return (locale: 'ru' | 'en'): { readonly subject: string; readonly text: string } =>
    locale === 'ru'
      ? {
          subject: 'Личный сертификат отозван или приостановлен',
          text: [
            'Один из ваших личных сертификатов есть в списке отзыва удостоверяющего центра: его отозвали или приостановили. То, что подписано им с этого времени, не примут.',
            `Какой именно, когда и почему, видно здесь:\n${healthUrl}`,
            'Если вы просили об этом сами, ничего делать не нужно. Если не просили, сразу узнайте причину в организации, которая выдала сертификат, и получите новый.',
            `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
          ].join('\n\n'),
        }
      : {
          subject: 'A personal certificate was revoked or suspended',
          text: [
            'One of your personal certificates is in the revocation list of its authority: it was revoked or suspended. What is signed with it from now on will not be accepted.',
            `Which one, when and why is said here:\n${healthUrl}`,
            'If you asked for it yourself, there is nothing to do. If you did not, ask the organisation that issued the certificate for the reason at once, and get a new one.',
            `This message was sent by ${productName}. There is no need to answer it.`,
          ].join('\n\n'),
        };
}
