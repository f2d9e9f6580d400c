import type { Channel, Priority, SortKey, TicketFilter, TicketStatus } from '../data/ticket.ts';

export type Language = 'ru' | 'en';

export interface Texts {
  readonly company: string;
  readonly product: string;
  readonly tickets: string;
  readonly report: string;
  readonly reportHint: string;
  readonly search: string;
  readonly searchHint: string;
  readonly find: string;
  readonly clear: string;
  readonly shown: (from: number, to: number, total: number) => string;
  readonly nothingFound: string;
  readonly nothingFoundHint: string;
  readonly previous: string;
  readonly next: string;
  readonly tabs: Readonly<Record<TicketFilter['status'], string>>;
  readonly statuses: Readonly<Record<TicketStatus, string>>;
  readonly priorities: Readonly<Record<Priority, string>>;
  readonly channels: Readonly<Record<Channel, string>>;
  readonly columns: Readonly<Record<SortKey, string>> & {
    readonly subject: string;
    readonly assignee: string;
  };
  readonly nobody: string;
  readonly back: string;
  readonly received: string;
  readonly updated: string;
  readonly comments: string;
  readonly noComments: string;
  readonly commentLabel: string;
  readonly commentHint: string;
  readonly send: string;
  readonly draftKept: string;
  readonly status: string;
  readonly changeStatus: string;
  readonly customer: string;
  readonly contact: string;
  readonly phone: string;
  readonly channel: string;
  readonly files: string;
  readonly noFiles: string;
  readonly chooseFile: string;
  readonly upload: string;
  readonly live: string;
  readonly lost: string;
  readonly newComment: string;
  readonly statusChanged: string;
  readonly verified: string;
  readonly notVerified: string;
  readonly notFound: string;
  readonly notFoundHint: string;
  readonly behindGate: string;
  readonly behindGateHint: string;
  readonly notBelieved: string;
  readonly notBelievedHint: string;
  readonly keysUnavailable: string;
  readonly keysUnavailableHint: string;
  readonly refused: string;
  readonly refusedHint: string;
}

const ru: Texts = {
  company: 'Северный климат',
  product: 'Обращения',
  tickets: 'Обращения',
  report: 'Отчёт',
  reportHint: 'Выгрузка обращений в CSV, 5 МБ',
  search: 'Поиск',
  searchHint: 'Номер, тема, клиент или исполнитель',
  find: 'Найти',
  clear: 'Сбросить',
  shown: (from, to, total) => `${from}–${to} из ${total}`,
  nothingFound: 'Ничего не нашлось',
  nothingFoundHint: 'Проверьте слово или посмотрите во всех обращениях.',
  previous: 'Назад',
  next: 'Вперёд',
  tabs: {
    open: 'Открытые',
    new: 'Новые',
    'in-progress': 'В работе',
    waiting: 'Ждут ответа',
    solved: 'Решённые',
    closed: 'Закрытые',
    all: 'Все',
  },
  statuses: {
    new: 'Новое',
    'in-progress': 'В работе',
    waiting: 'Ждёт ответа',
    solved: 'Решено',
    closed: 'Закрыто',
  },
  priorities: { high: 'Срочно', normal: 'Обычный', low: 'Не к спеху' },
  channels: { phone: 'по телефону', mail: 'по почте', site: 'с сайта' },
  columns: {
    number: '№',
    subject: 'Тема',
    company: 'Клиент',
    status: 'Статус',
    priority: 'Приоритет',
    assignee: 'Исполнитель',
    updated: 'Изменено',
  },
  nobody: 'не назначен',
  back: 'К списку',
  received: 'Получено',
  updated: 'изменено',
  comments: 'Переписка',
  noComments: 'Комментариев пока нет.',
  commentLabel: 'Комментарий',
  commentHint: 'Что сделано и что дальше?',
  send: 'Отправить',
  draftKept: 'Черновик сохранён',
  status: 'Статус',
  changeStatus: 'Изменить',
  customer: 'Клиент',
  contact: 'Контакт',
  phone: 'Телефон',
  channel: 'Получено',
  files: 'Файлы',
  noFiles: 'Файлов нет.',
  chooseFile: 'Выберите файл',
  upload: 'Приложить',
  live: 'Обновляется само',
  lost: 'Связь потеряна, подключаемся…',
  newComment: 'Новый комментарий',
  statusChanged: 'Статус изменён',
  verified: 'личность подтверждена шлюзом',
  notVerified: 'личность со слов шлюза, без подписи',
  notFound: 'Такого обращения нет',
  notFoundHint: 'Возможно, в номере опечатка.',
  behindGate: 'Сюда входят через шлюз',
  behindGateHint:
    'Это приложение стоит за шлюзом и само не спрашивает пароль. Откройте его по обычному адресу, который дал администратор.',
  notBelieved: 'Шлюз не подтвердил, кто вы',
  notBelievedHint:
    'Подпись в запросе не сошлась или устарела. Обновите страницу; если не поможет, сообщите администратору код «assertion».',
  keysUnavailable: 'Сейчас нельзя проверить, кто вы',
  keysUnavailableHint:
    'Приложение не смогло загрузить ключи шлюза. Обновите страницу через минуту; если не поможет, сообщите администратору код «jwks».',
  refused: 'Запрос не принят',
  refusedHint: 'Вернитесь назад, обновите страницу и попробуйте ещё раз.',
};

const en: Texts = {
  company: 'Northern Climate',
  product: 'Tickets',
  tickets: 'Tickets',
  report: 'Report',
  reportHint: 'All tickets as CSV, 5 MB',
  search: 'Search',
  searchHint: 'Number, subject, customer or assignee',
  find: 'Find',
  clear: 'Clear',
  shown: (from, to, total) => `${from}–${to} of ${total}`,
  nothingFound: 'Nothing found',
  nothingFoundHint: 'Check the word, or look in all tickets.',
  previous: 'Previous',
  next: 'Next',
  tabs: {
    open: 'Open',
    new: 'New',
    'in-progress': 'In progress',
    waiting: 'Waiting',
    solved: 'Solved',
    closed: 'Closed',
    all: 'All',
  },
  statuses: {
    new: 'New',
    'in-progress': 'In progress',
    waiting: 'Waiting',
    solved: 'Solved',
    closed: 'Closed',
  },
  priorities: { high: 'Urgent', normal: 'Normal', low: 'Low' },
  channels: { phone: 'by telephone', mail: 'by mail', site: 'from the site' },
  columns: {
    number: 'No.',
    subject: 'Subject',
    company: 'Customer',
    status: 'Status',
    priority: 'Priority',
    assignee: 'Assignee',
    updated: 'Changed',
  },
  nobody: 'nobody yet',
  back: 'Back to the list',
  received: 'Received',
  updated: 'changed',
  comments: 'Conversation',
  noComments: 'No comments yet.',
  commentLabel: 'Comment',
  commentHint: 'What was done, and what comes next?',
  send: 'Send',
  draftKept: 'Draft kept',
  status: 'Status',
  changeStatus: 'Change',
  customer: 'Customer',
  contact: 'Contact',
  phone: 'Telephone',
  channel: 'Received',
  files: 'Files',
  noFiles: 'No files.',
  chooseFile: 'Choose a file',
  upload: 'Attach',
  live: 'Updates by itself',
  lost: 'Connection lost, trying again…',
  newComment: 'New comment',
  statusChanged: 'Status changed',
  verified: 'identity confirmed by the gate',
  notVerified: 'identity as told by the gate, not signed',
  notFound: 'There is no such ticket',
  notFoundHint: 'The number may be mistyped.',
  behindGate: 'This application stands behind a gate',
  behindGateHint:
    'It asks for no password itself. Open it at the usual address that your administrator gave you.',
  notBelieved: 'The gate did not confirm who you are',
  notBelievedHint:
    'The signature of the request is wrong or too old. Reload the page; if that does not help, tell your administrator the code "assertion".',
  keysUnavailable: 'Who you are cannot be checked now',
  keysUnavailableHint:
    'The application could not load the keys of the gate. Reload in a minute; if that does not help, tell your administrator the code "jwks".',
  refused: 'The request was not accepted',
  refusedHint: 'Go back, reload the page and try again.',
};

export const TEXTS: Readonly<Record<Language, Texts>> = { ru, en };

/** What was asked for on this page, else what was chosen before, else the browser's; Russian by default. */
export function chooseLanguage(
  asked: string | null,
  remembered: Language | undefined,
  acceptLanguage: string | undefined,
): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  return remembered ?? (/^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'ru');
}
