type Listener = (event: Event) => void;

interface Properties {
  readonly [name: string]: string | boolean | Listener | undefined;
}

type Child = Node | string | undefined | false;

/** Made node by node: no text ever becomes markup, so Trusted Types have nothing to forbid. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function icon(path: string, size = 16): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: String(size),
    height: String(size),
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, value);
  }
  const drawing = document.createElementNS(SVG, 'path');
  drawing.setAttribute('d', path);
  svg.append(drawing);
  return svg;
}

export const ICONS = {
  /** A pass: a card with a person on it. */
  pass: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM9 12a2 2 0 1 0 0-4a2 2 0 0 0 0 4M6 16c.5-1.5 1.5-2 3-2s2.500.5 3 2M15 9h3M15 13h3',
  down: 'M6 9l6 6l6-6',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 3',
  closed: 'M12 3l7 3v5c0 5-3 8-7 10c-4-2-7-5-7-10V6zM9.500 9.500l5 5M14.500 9.500l-5 5',
  good: 'M5 12l5 5L20 7',
} as const;
