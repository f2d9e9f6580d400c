/** Around the guide; its own text is in `instructions/`. */
export const instructionsRu = {
  contents: 'Содержание',
  pdf: 'Скачать PDF для {{system}}',
  print: 'Напечатать',
  section: 'п. {{number}} «{{title}}»',
  figure: 'Рис. {{caption}}',
  read: 'читать на странице',
  readFor: 'Инструкция для {{system}}: читать на странице',
  download: 'Скачать инструкцию для {{system}}, PDF',
  phones: 'Телефоны',
} as const;
