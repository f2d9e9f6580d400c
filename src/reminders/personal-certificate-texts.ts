import { daysUntil, formatWhen } from './days-until.ts';
import type { ReminderSource } from './reminder-source.ts';

export interface PersonalReminderOptions {
  readonly thresholdDays: readonly number[];
  /** The console's page «Состояние». */
  readonly healthUrl: string;
  readonly productName: string;
  readonly timeZone: string | undefined;
}

/** Reminders of the certificates that people keep in «Личные». */
export function personalCertificateReminders(options: PersonalReminderOptions): ReminderSource {
  const { thresholdDays, healthUrl, productName, timeZone } = options;
  return {
    kind: 'workspace-certificate',
    thresholdDays,
    compose({ owner: { locale }, notAfter }, now) {
      const when = formatWhen(daysUntil(notAfter, now, timeZone), locale);
      if (locale === 'ru') {
        return {
          sms: `${productName}: личный сертификат истекает ${when}. Подробнее: ${healthUrl}`,
          mail: {
            subject: `Личный сертификат истекает ${when}`,
            text: [
              `Один из ваших личных сертификатов истекает ${when}.`,
              `Какой именно и кто его выдал, видно здесь:\n${healthUrl}`,
              'Получите новый сертификат заранее: обратитесь в организацию, которая выдала этот. Получив, импортируйте его.',
              'Если сертификат больше не нужен, удалите его из «Личных», и напоминаний не будет.',
              `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
            ].join('\n\n'),
          },
        };
      }
      return {
        sms: `${productName}: a personal certificate expires ${when}. See ${healthUrl}`,
        mail: {
          subject: `A personal certificate expires ${when}`,
          text: [
            `One of your personal certificates expires ${when}.`,
            `Which one, and who issued it, is said here:\n${healthUrl}`,
            'Get a new certificate in time: ask the organisation that issued this one. Import the new one when you have it.',
            'If you do not need it any more, delete it from your personal certificates, and there will be no more reminders.',
            `This message was sent by ${productName}. There is no need to answer it.`,
          ].join('\n\n'),
        },
      };
    },
  };
}
