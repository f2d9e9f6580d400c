import { type Html, html } from './html.ts';

const LANGUAGES = ['ru', 'en'] as const;

export interface PageFrame {
  readonly language: (typeof LANGUAGES)[number];
  readonly title: string;
  /** That nothing here is real. */
  readonly simulated: string;
  /** Paths, in the order in which they count. */
  readonly styles: readonly string[];
  readonly script: string;
  /** What the script says when something new has come. */
  readonly announcements: Html;
  /** The same page in another language. */
  readonly address: (language: (typeof LANGUAGES)[number]) => string;
  readonly content: Html | readonly Html[];
}

/** What the pages of all simulators have around their content. */
export function renderFrame(frame: PageFrame): string {
  const { language, title } = frame;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${frame.styles.map((path) => html`<link rel="stylesheet" href="${path}">\n`)}<script src="${frame.script}" defer></script>
</head>
<body${frame.announcements}>
<header class="top">
  <h1>${title}</h1>
  <p>${frame.simulated}</p>
  <nav class="languages" aria-label="Язык / Language">
    ${LANGUAGES.map(
      (other) =>
        html`<a href="${frame.address(other)}" hreflang="${other}" lang="${other}"${other === language && html` aria-current="true"`}>${other.toUpperCase()}</a>`,
    )}
  </nav>
</header>
<p class="hidden" role="status" id="announcement"></p>
<main id="content">
  ${frame.content}
</main>
</body>
</html>`.markup;
}
