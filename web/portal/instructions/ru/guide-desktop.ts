import { type Guide, type GuideSystem, list, text } from '../blocks.ts';
import { SYSTEM_NAMES } from '../names.ts';
import { accounts } from './accounts.ts';
import { choose } from './choose.ts';
import { computers, deleteFile } from './delete-file.ts';
import { decisions } from './firefox-decisions.ts';
import { download, password } from './install-download.ts';
import { importFile } from './install-file.ts';
import { messages } from './messages.ts';
import { remove } from './remove.ts';
import { replace } from './replace.ts';
import { noWindow, phonesSection } from './trouble.ts';

/** The numbers 1 to 7 are those of the access document, so that people who know it find their way. */
export function desktopGuideRu(system: Exclude<GuideSystem, 'ios' | 'android'>): Guide {
  const name = SYSTEM_NAMES[system];
  const safari = system === 'macos' ? ', Safari' : '';
  return {
    title: `Установка сертификата в ${name}`,
    intro: [
      text(
        `Установка сертификата для работы в браузерах Chrome, Яндекс.Браузер, Opera, Microsoft Edge, Mozilla Firefox${safari} в операционной системе ${name}.`,
      ),
      text(
        'Клиентский сертификат используется для идентификации пользователя и обеспечивает усиленные меры безопасности в случае, если имена пользователей и пароли украдены. «Сайт CRM» ниже означает любой сайт вашей организации, вход в который защищён сертификатом.',
      ),
    ],
    sections: [
      {
        id: 'install',
        title: 'Установка сертификата',
        blocks: [
          text(
            'После авторизации в системе открывается страница с загрузкой сертификата. Для установки сертификата необходимо:',
          ),
          list(
            'загрузить файл, [[download]];',
            'установить его с паролем из SMS, [[import]];',
            'выбрать сертификат в браузере и войти, [[choose]];',
            'удалить файл, [[delete]].',
          ),
        ],
        parts: [download(system), importFile(system), choose(system), deleteFile(system)],
      },
      accounts(system),
      computers(system),
      replace(),
      remove(system),
      messages(),
      decisions(),
      noWindow(system),
      password(),
      phonesSection(system),
    ],
  };
}
