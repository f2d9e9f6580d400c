import type { Translation } from '../../ui/translation.ts';
import type { instructionsRu } from './instructions-ru.ts';

export const instructionsEn: Translation<typeof instructionsRu> = {
  contents: 'Contents',
  pdf: 'Download the PDF for {{system}}',
  print: 'Print',
  section: 'section {{number}} “{{title}}”',
  figure: 'Fig. {{caption}}',
  read: 'read on the page',
  readFor: 'Instructions for {{system}}: read on the page',
  download: 'Download the instructions for {{system}}, PDF',
  phones: 'Phones',
};
