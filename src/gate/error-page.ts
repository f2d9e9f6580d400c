import { createHash } from 'node:crypto';
import { PROBLEMS, type ProblemCode } from '../kernel/problem.ts';
import type { Exchange } from './exchange.ts';

export interface ErrorPageOptions {
  readonly acceptLanguage: string | undefined;
  readonly applicationName: string;
  /** Where the button leads; a path of this host, or an address of the portal. */
  readonly link: string;
  readonly extraHeaders?: readonly string[];
}

interface Texts {
  readonly title: string;
  readonly what: string;
  readonly action: string;
}

type Language = 'ru' | 'en';

/** «NAME» stands for the application as people know it. */
const TEXTS: Readonly<Record<Language, Partial<Record<ProblemCode, Texts>>>> = {
  ru: {
    'upstream-unreachable': {
      title: '«NAME» сейчас не отвечает',
      what: 'Вы вошли, с вашим сертификатом всё в порядке. Не отвечает само приложение. Подождите минуту и попробуйте ещё раз. Если не поможет, сообщите администратору код внизу страницы.',
      action: 'Попробовать ещё раз',
    },
    'upstream-timeout': {
      title: '«NAME» отвечает слишком долго',
      what: 'Вы вошли, с вашим сертификатом всё в порядке. Приложение не успело ответить. Попробуйте ещё раз; если не поможет, сообщите администратору код внизу страницы.',
      action: 'Попробовать ещё раз',
    },
    'database-unavailable': {
      title: 'Вход временно невозможен',
      what: 'Сейчас нельзя проверить ваш доступ, поэтому вход закрыт для всех. Подождите минуту и попробуйте ещё раз. Если не поможет, сообщите администратору код внизу страницы.',
      action: 'Попробовать ещё раз',
    },
    'sign-in-required': {
      title: 'Нужно войти ещё раз',
      what: 'Время сеанса закончилось, поэтому отправленное не сохранено. Войдите и повторите действие.',
      action: 'Войти',
    },
    'hand-over-invalid': {
      title: 'Вход не завершён',
      what: 'Ссылка для входа уже использована или устарела. Войдите ещё раз. Если страница появляется снова, разрешите для этого сайта файлы cookie.',
      action: 'Войти ещё раз',
    },
    internal: {
      title: 'Что-то пошло не так',
      what: 'Ошибка на нашей стороне. Попробуйте ещё раз; если не поможет, сообщите администратору код внизу страницы.',
      action: 'Попробовать ещё раз',
    },
  },
  en: {
    'upstream-unreachable': {
      title: '“NAME” does not answer now',
      what: 'You are signed in and your certificate is fine. The application itself does not answer. Wait a minute and try again. If that does not help, tell your administrator the code at the bottom of this page.',
      action: 'Try again',
    },
    'upstream-timeout': {
      title: '“NAME” takes too long to answer',
      what: 'You are signed in and your certificate is fine. The application did not answer in time. Try again; if that does not help, tell your administrator the code at the bottom of this page.',
      action: 'Try again',
    },
    'database-unavailable': {
      title: 'Entry is not possible for the moment',
      what: 'Your access cannot be checked now, so nobody is let in. Wait a minute and try again. If that does not help, tell your administrator the code at the bottom of this page.',
      action: 'Try again',
    },
    'sign-in-required': {
      title: 'Sign in again',
      what: 'Your session has ended, so what you sent was not saved. Sign in and do it once more.',
      action: 'Sign in',
    },
    'hand-over-invalid': {
      title: 'The sign-in was not completed',
      what: 'The sign-in link was used already or is too old. Sign in again. If this page comes back, allow cookies for this site.',
      action: 'Sign in again',
    },
    internal: {
      title: 'Something went wrong',
      what: 'The fault is on our side. Try again; if that does not help, tell your administrator the code at the bottom of this page.',
      action: 'Try again',
    },
  },
};

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;margin:0 auto;padding:40px 16px;max-width:560px}' +
  'h1{font-size:28px;line-height:1.25;margin:0 0 16px}' +
  'a{display:inline-block;margin:16px 0 24px;padding:10px 16px;border-radius:8px;background:#1b4f9c;color:#fff;text-decoration:none}' +
  'a:focus-visible{outline:3px solid #7aa7e8;outline-offset:2px}p.code{font-size:14px;color:#5a6472}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#14181f}p.code{color:#9aa4b2}a{background:#8ab4f5;color:#0d1520}}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/** A page of our own on the application's origin: no script, nothing loaded, nothing of the error's inside. */
export function sendErrorPage(exchange: Exchange, code: ProblemCode, options: ErrorPageOptions): void {
  const language = preferredLanguage(options.acceptLanguage);
  const body = Buffer.from(renderErrorPage(code, language, options));
  exchange.respond(PROBLEMS[code].status, [
    'content-type',
    'text/html; charset=utf-8',
    'content-length',
    String(body.length),
    'content-language',
    language,
    'content-security-policy',
    POLICY,
    'cache-control',
    'no-store',
    'referrer-policy',
    'no-referrer',
    'x-content-type-options',
    'nosniff',
    ...(options.extraHeaders ?? []),
  ]);
  exchange.end(body);
}

export function renderErrorPage(
  code: ProblemCode,
  language: Language,
  options: Pick<ErrorPageOptions, 'applicationName' | 'link'>,
): string {
  const { title, action, what } = textsOf(code, language);
  const heading = escapeHtml(title.replace('NAME', () => insideQuotes(options.applicationName, language)));
  const codeLabel = language === 'ru' ? 'Код для администратора' : 'Code for the administrator';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${heading}</title><style>${STYLE}</style></head><body><main><h1>${heading}</h1><p>${escapeHtml(what)}</p><a href="${escapeHtml(options.link)}" target="_top">${escapeHtml(action)}</a><p class="code">${codeLabel}: ${escapeHtml(code)}</p></main></body></html>`;
}

/** Quotation marks inside of others are the language's inner ones: «CRM „Обращения“», “CRM ‘Tickets’”. */
function insideQuotes(name: string, language: Language): string {
  return language === 'ru'
    ? name.replaceAll('«', '„').replaceAll('»', '“')
    : name.replaceAll('“', '‘').replaceAll('”', '’');
}

/** Codes without texts of their own are refusals, which the portal explains. */
const REFUSED: Readonly<Record<Language, Texts>> = {
  ru: {
    title: 'Вход в «NAME» закрыт',
    what: 'Причина и что делать дальше — на отдельной странице.',
    action: 'Узнать причину',
  },
  en: {
    title: 'No entry to “NAME”',
    what: 'The reason, and what to do next, are on a page of their own.',
    action: 'Show the reason',
  },
};

function textsOf(code: ProblemCode, language: Language): Texts {
  return TEXTS[language][code] ?? REFUSED[language];
}

/** The first of our languages in the order of preference (RFC 9110, section 12.5.4); Russian where neither is named. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  let best: { readonly language: Language; readonly quality: number } | undefined;
  for (const range of (acceptLanguage ?? '').slice(0, 256).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag.split('-')[0];
    if (language !== 'ru' && language !== 'en') continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number.parseFloat(weight.slice(2));
    if (quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? 'ru';
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
