/** What stands in a drawn window, from top to bottom. `marked`: what the reader has to look for or press. */
export type Drawn =
  | { readonly kind: 'text'; readonly text: string; readonly bold?: boolean }
  | { readonly kind: 'choice'; readonly label: string; readonly on: boolean; readonly marked?: boolean }
  | { readonly kind: 'box'; readonly label: string; readonly on: boolean; readonly marked?: boolean }
  | { readonly kind: 'field'; readonly label: string; readonly value: string; readonly marked?: boolean }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly selected?: number;
    }
  /** Two lines to an entry, the first one bold. */
  | {
      readonly kind: 'entries';
      readonly entries: readonly (readonly [string, string])[];
      readonly selected?: number;
    }
  /** A tree or a menu: each line with its depth. */
  | {
      readonly kind: 'lines';
      readonly lines: readonly { readonly text: string; readonly depth: number; readonly marked?: boolean }[];
    };

export interface DrawnWindow {
  readonly title: string;
  /** Said at the edge, so that nobody takes the drawing for a screenshot. */
  readonly kind: string;
  readonly content: readonly Drawn[];
  readonly buttons: readonly { readonly label: string; readonly marked?: boolean }[];
  readonly width?: number;
}

const MARGIN = 12;
const PADDING = 22;
const SIZE = 14;
const LINE = 20;
const COLOURS = {
  line: '#8792a5',
  faint: '#d6dce6',
  bar: '#e9edf4',
  paper: '#ffffff',
  text: '#1b2431',
  dimmed: '#5b6778',
  accent: '#1d4ed8',
  selected: '#dbe6ff',
} as const;
const FONT = "font-family=\"'Golos Text', 'Segoe UI', Roboto, Arial, sans-serif\"";

/** Wide enough for every sans-serif typeface that a reader may have. */
const charactersIn = (width: number) => Math.floor(width / (SIZE * 0.6));

interface Part {
  readonly svg: string;
  readonly height: number;
}

/** A window as a line drawing of ours: its words are exact, its looks are nobody's. */
export function drawWindow(window: DrawnWindow): string {
  const width = window.width ?? 560;
  const inner = width - 2 * (MARGIN + PADDING);
  const x = MARGIN + PADDING;
  const parts: string[] = [];
  let y = MARGIN + 34 + 18;
  for (const drawn of window.content) {
    const part = drawPart(drawn, x, y, inner);
    parts.push(part.svg);
    y += part.height + 10;
  }
  if (window.buttons.length > 0) {
    parts.push(drawButtons(window.buttons, width - MARGIN - PADDING, y + 6));
    y += 46;
  }
  const bottom = y + 10;
  const height = bottom + MARGIN;
  const frame = [
    `<rect x="${MARGIN}" y="${MARGIN}" width="${width - 2 * MARGIN}" height="${bottom - MARGIN}" rx="8" fill="${COLOURS.paper}" stroke="${COLOURS.line}" stroke-width="1.5"/>`,
    `<path d="M${MARGIN + 0.75} ${MARGIN + 34}V${MARGIN + 8}a7.25 7.25 0 0 1 7.25 -7.25H${width - MARGIN - 8}a7.25 7.25 0 0 1 7.25 7.25V${MARGIN + 34}z" fill="${COLOURS.bar}"/>`,
    `<path d="M${MARGIN} ${MARGIN + 34}H${width - MARGIN}" stroke="${COLOURS.line}"/>`,
    label(window.title, x - 6, MARGIN + 22, { bold: true }),
    label(window.kind, width - MARGIN - 14, MARGIN + 22, { colour: COLOURS.dimmed, end: true, size: 12 }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${[...frame, ...parts].join('\n')}\n</svg>\n`;
}

function drawPart(drawn: Drawn, x: number, y: number, width: number): Part {
  switch (drawn.kind) {
    case 'text':
      return drawText(drawn.text, x, y, width, drawn.bold ?? false);
    case 'choice':
    case 'box':
      return drawSwitch(drawn, x, y, width);
    case 'field':
      return drawField(drawn, x, y, width);
    case 'table':
      return drawTable(drawn.columns, drawn.rows, drawn.selected, x, y, width);
    case 'entries':
      return drawEntries(drawn.entries, drawn.selected, x, y, width);
    case 'lines':
      return drawLines(drawn.lines, x, y, width);
  }
}

function drawText(text: string, x: number, y: number, width: number, bold: boolean): Part {
  const lines = wrap(text, charactersIn(width));
  const svg = lines.map((line, index) => label(line, x, y + 14 + index * LINE, { bold }));
  return { svg: svg.join('\n'), height: lines.length * LINE };
}

type Switch = Extract<Drawn, { kind: 'choice' | 'box' }>;

function drawSwitch({ kind, label: text, on, marked }: Switch, x: number, y: number, width: number): Part {
  const lines = wrap(text, charactersIn(width - 30));
  const height = lines.length * LINE;
  const shape =
    kind === 'choice'
      ? `<circle cx="${x + 9}" cy="${y + 10}" r="7" fill="${COLOURS.paper}" stroke="${COLOURS.line}" stroke-width="1.5"/>${on ? `<circle cx="${x + 9}" cy="${y + 10}" r="3.5" fill="${COLOURS.accent}"/>` : ''}`
      : `<rect x="${x + 2}" y="${y + 3}" width="14" height="14" rx="2" fill="${COLOURS.paper}" stroke="${COLOURS.line}" stroke-width="1.5"/>${on ? `<path d="M${x + 5} ${y + 10}l3 3 5 -6" fill="none" stroke="${COLOURS.accent}" stroke-width="2"/>` : ''}`;
  const texts = lines.map((line, index) => label(line, x + 26, y + 15 + index * LINE, { bold: marked }));
  const svg = [marked ? ring(x - 8, y - 5, width + 16, height + 10) : '', shape, ...texts];
  return { svg: svg.join('\n'), height };
}

type Field = Extract<Drawn, { kind: 'field' }>;

function drawField({ label: name, value, marked }: Field, x: number, y: number, width: number): Part {
  const svg = [
    label(name, x, y + 14, { colour: COLOURS.dimmed }),
    `<rect x="${x}" y="${y + 22}" width="${width}" height="30" rx="4" fill="${COLOURS.paper}" stroke="${marked ? COLOURS.accent : COLOURS.line}" stroke-width="${marked ? 2.5 : 1.25}"/>`,
    label(value, x + 10, y + 42, {}),
  ];
  return { svg: svg.join('\n'), height: 54 };
}

function drawTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  selected: number | undefined,
  x: number,
  y: number,
  width: number,
): Part {
  const column = width / columns.length;
  const cells = (row: readonly string[], top: number, bold: boolean) =>
    row.map((cell, index) => label(cell, x + 8 + index * column, top + 18, { bold, size: 13 }));
  const height = (rows.length + 1) * 27;
  const svg = [
    `<rect x="${x}" y="${y}" width="${width}" height="27" fill="${COLOURS.bar}"/>`,
    ...cells(columns, y, true),
    ...rows.flatMap((row, index) => {
      const top = y + (index + 1) * 27;
      const back =
        index === selected
          ? `<rect x="${x}" y="${top}" width="${width}" height="27" fill="${COLOURS.selected}" stroke="${COLOURS.accent}" stroke-width="2"/>`
          : `<path d="M${x} ${top}h${width}" stroke="${COLOURS.faint}"/>`;
      return [back, ...cells(row, top, index === selected)];
    }),
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${COLOURS.line}"/>`,
  ];
  return { svg: svg.join('\n'), height };
}

function drawEntries(
  entries: readonly (readonly [string, string])[],
  selected: number | undefined,
  x: number,
  y: number,
  width: number,
): Part {
  const step = 54;
  const svg = entries.map(([first, second], index) => {
    const top = y + index * step;
    const on = index === selected;
    return [
      `<rect x="${x}" y="${top}" width="${width}" height="${step - 8}" rx="6" fill="${on ? COLOURS.selected : COLOURS.paper}" stroke="${on ? COLOURS.accent : COLOURS.faint}" stroke-width="${on ? 2 : 1}"/>`,
      label(first, x + 12, top + 19, { bold: true }),
      label(second, x + 12, top + 37, { colour: COLOURS.dimmed, size: 13 }),
    ].join('\n');
  });
  return { svg: svg.join('\n'), height: entries.length * step - 4 };
}

type Lines = Extract<Drawn, { kind: 'lines' }>['lines'];

function drawLines(lines: Lines, x: number, y: number, width: number): Part {
  const step = 27;
  const svg = lines.map(({ text, depth, marked }, index) => {
    const top = y + index * step;
    return [
      marked ? ring(x - 4, top, width + 8, step - 2) : '',
      label(text, x + 8 + depth * 24, top + 18, { bold: marked }),
    ].join('');
  });
  return { svg: svg.join('\n'), height: lines.length * step };
}

function drawButtons(buttons: DrawnWindow['buttons'], right: number, y: number): string {
  let end = right;
  const svg: string[] = [];
  for (const { label: text, marked } of [...buttons].reverse()) {
    const width = Math.max(86, text.length * SIZE * 0.6 + 28);
    svg.push(
      `<rect x="${end - width}" y="${y}" width="${width}" height="32" rx="5" fill="${marked ? COLOURS.accent : COLOURS.paper}" stroke="${marked ? COLOURS.accent : COLOURS.line}" stroke-width="1.25"/>`,
      label(text, end - width / 2, y + 21, {
        middle: true,
        bold: marked,
        colour: marked ? COLOURS.paper : COLOURS.text,
      }),
    );
    end -= width + 10;
  }
  return svg.join('\n');
}

const ring = (x: number, y: number, width: number, height: number) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${COLOURS.selected}" stroke="${COLOURS.accent}" stroke-width="2"/>`;

interface LabelStyle {
  readonly bold?: boolean | undefined;
  readonly colour?: string;
  readonly size?: number;
  readonly middle?: boolean;
  readonly end?: boolean;
}

function label(text: string, x: number, y: number, style: LabelStyle): string {
  const anchor = style.middle ? ' text-anchor="middle"' : style.end ? ' text-anchor="end"' : '';
  const weight = style.bold ? ' font-weight="bold"' : '';
  return `<text x="${x}" y="${y}" ${FONT} font-size="${style.size ?? SIZE}" fill="${style.colour ?? COLOURS.text}"${weight}${anchor}>${escapeXml(text)}</text>`;
}

function wrap(text: string, limit: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= limit)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
