/**
 * Firefox remembers what was chosen in its window. Its own words stand as in its English and Russian versions, today's first
 * (read in Firefox 153), then those of the access document.
 */
export const firefoxRu = {
  asked: 'Firefox не спросил?',
  text: 'Firefox помнит прошлый выбор, в том числе отказ («Отмена», «Не отправлять сертификат»).',
  question: 'Что выбрано в Firefox под «Запомнить этот выбор»?',
  kinds: {
    session: 'Для этой сессии',
    once: 'Один раз',
    permanent: 'Постоянно или не помню',
  },
  known: {
    session:
      'По-английски «For this session». В старых версиях: галка «Remember this decision» («Запомнить это решение») снята.',
    once: 'По-английски «Once». Firefox спрашивает при каждом новом соединении.',
    permanent:
      'По-английски «Permanently». В старых версиях: галка «Remember this decision» («Запомнить это решение») стоит. Перезапуск не поможет; эти шаги помогают всегда.',
  },
  steps: {
    restart: 'Закройте все окна Firefox и откройте его заново.',
    enter: 'Перейдите в {{application}}: Firefox спросит снова. Выберите {{subject}} и нажмите «Ок».',
    press: 'Нажмите кнопку «{{button}}»: Firefox спросит снова. Выберите {{subject}} и нажмите «Ок».',
    settings: 'Меню ☰, «Settings» («Настройки»), «Privacy & Security» («Приватность и защита»).',
    manager:
      'Внизу «Connection and software security» («Безопасность подключения и ПО»), «Advanced settings» («Дополнительные настройки»), «Manage certificates» («Управление сертификатами»). В старых версиях: «Certificates» («Сертификаты»), «View Certificates» («Просмотр сертификатов»).',
    decisions:
      'Вкладка «Authentication Decisions» («Решения по аутентификации»): выберите строку этого сайта и нажмите «Delete» («Удалить»).',
  },
  olderTitle: 'Firefox предъявил ваш старый сертификат. Удалите его',
  olderDelete:
    'Вкладка «Your Certificates» («Ваши сертификаты»): выберите старый, серийный номер …{{tail}}, и нажмите «Delete» («Удалить»).',
  olderOther: 'Другие способы, без удаления',
} as const;
