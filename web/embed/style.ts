import { type Colours, colourVariables, DARK, LIGHT } from '../ui/tokens.ts';

const USED = [
  'surface',
  'quiet',
  'line',
  'control',
  'text',
  'dimmed',
  'accent',
  'accentText',
  'accentGround',
  'accentOnFill',
  'accentHover',
  'attention',
  'attentionGround',
  'attentionLine',
  'invalid',
  'invalidGround',
  'invalidLine',
  'valid',
] as const satisfies readonly (keyof Colours)[];

function variables(colours: Colours): string {
  const values = colourVariables(colours);
  return USED.map((name) => {
    const variable = `--p-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return `${variable}:${values[variable]}`;
  }).join(';');
}

/**
 * Applied to a constructed sheet, which no content security policy forbids. The page's rules cannot come in, and what
 * it says of all elements (`* { … }`) loses against `!important` in here.
 */
export const STYLE = `
:host{all:initial!important;position:fixed!important;inset:0!important;z-index:2147483647!important;display:block!important;pointer-events:none!important;color-scheme:light dark!important;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:host{${variables(DARK)}}}
@media print{:host{display:none!important}}
*{box-sizing:border-box;margin:0;font:inherit;color:inherit}
b{font-weight:600}
.root{font:400 14px/1.45 system-ui,'Segoe UI',Roboto,sans-serif;color:var(--p-text);-webkit-text-size-adjust:100%}
.at{position:fixed;display:flex;flex-direction:column;gap:8px;width:max-content;max-width:calc(100vw - 16px);pointer-events:none}
.at>*{pointer-events:auto}
.at[data-corner^=top]{top:0}
.at[data-corner^=bottom]{bottom:0;flex-direction:column-reverse}
.at[data-corner$=right]{right:6px;align-items:flex-end}
.at[data-corner$=left]{left:6px;align-items:flex-start}
.handle{display:flex;align-items:center;gap:6px;height:24px;max-width:220px;padding:0 8px;background:var(--p-surface);border:1px solid var(--p-control);cursor:pointer;font-size:13px;line-height:1;opacity:.94;box-shadow:0 1px 4px #0003}
.handle:hover,.handle[aria-expanded=true]{opacity:1;background:var(--p-accent-ground)}
[data-corner^=top]>.handle{border-top:0;border-radius:0 0 8px 8px}
[data-corner^=bottom]>.handle{border-bottom:0;border-radius:8px 8px 0 0}
.handle svg{flex:none;color:var(--p-accent-text)}
.handle span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding:3px 0}
.handle[data-state=soon]{border-color:var(--p-attention-line);background:var(--p-attention-ground);color:var(--p-attention)}
.handle[data-state=closed]{border-color:var(--p-invalid-line);background:var(--p-invalid-ground);color:var(--p-invalid)}
.handle:not([data-state=open]) svg{color:inherit}
.small .handle:not([data-state=closed]) span{display:none}
.small .handle{gap:2px;padding:0 6px}
.card{width:304px;max-width:100%;max-height:calc(100vh - 48px);overflow:auto;background:var(--p-surface);border:1px solid var(--p-line);border-radius:8px;box-shadow:0 8px 28px #0004}
.who{padding:12px 16px;border-bottom:1px solid var(--p-line)}
.name{font-weight:600;overflow-wrap:anywhere}
.dim{color:var(--p-dimmed);overflow-wrap:anywhere}
.until{margin-top:6px;font-size:13px}
.soon{color:var(--p-attention);font-weight:600}
[role=menu]{padding:6px}
[role=menuitem]{display:block;width:100%;padding:8px 10px;border:0;border-radius:6px;background:none;text-align:start;text-decoration:none;cursor:pointer}
[role=menuitem]:hover,[role=menuitem]:focus{background:var(--p-accent-ground);color:var(--p-accent-text)}
[role=separator]{height:1px;margin:6px 4px;background:var(--p-line)}
.minor{font-size:13px;color:var(--p-dimmed);padding-block:5px}
.notice{padding:14px 16px;border-color:var(--p-attention-line)}
.notice .title{display:flex;gap:8px;font-weight:600}
.notice .title svg{flex:none;margin-top:2px;color:var(--p-attention)}
.notice p{margin-top:4px}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:12px}
.primary,.plain{display:inline-flex;align-items:center;min-height:36px;padding:4px 14px;border-radius:8px;border:1px solid transparent;text-decoration:none;cursor:pointer;font-weight:500}
.primary{background:var(--p-accent);color:var(--p-accent-on-fill)}
.primary:hover{background:var(--p-accent-hover)}
.plain{background:none;border-color:var(--p-control)}
.plain:hover{background:var(--p-quiet)}
.toast{display:flex;gap:8px;align-items:center;padding:10px 14px;width:auto}
.toast svg{color:var(--p-valid)}
dialog{position:fixed;inset:0;margin:auto;width:520px;max-width:calc(100vw - 24px);height:fit-content;max-height:calc(100dvh - 24px);overflow:auto;padding:24px;border:1px solid var(--p-line);border-radius:8px;background:var(--p-surface);color:var(--p-text);pointer-events:auto;box-shadow:0 12px 48px #0006}
dialog::backdrop{background:#0b0f1699}
dialog h2{display:flex;gap:10px;align-items:flex-start;font-size:20px;line-height:1.3;font-weight:600}
dialog h2 svg{flex:none;margin-top:2px;color:var(--p-invalid)}
.said{margin-top:14px;padding:12px 14px;border-radius:8px;background:var(--p-quiet);user-select:text}
.said small{display:block;margin-top:6px;font-size:13px;color:var(--p-dimmed)}
dialog p{margin-top:12px}
.elsewhere{margin-top:14px;font-size:13px;color:var(--p-dimmed)}
.elsewhere a{color:var(--p-accent-text);text-decoration:underline}
:focus-visible{outline:2px solid var(--p-accent-text);outline-offset:2px}
[role=menuitem]:focus-visible{outline-offset:-2px}
@media (max-width:480px){.notice{position:fixed;left:8px;right:8px;bottom:8px;width:auto}.at[data-corner$=right]{right:8px}.at[data-corner$=left]{left:8px}.handle:not([data-state=closed]) span{display:none}dialog{padding:20px 16px}dialog .primary,dialog .plain{width:100%;justify-content:center}}
@media (prefers-reduced-motion:no-preference){.card{animation:in .12s ease-out}@keyframes in{from{opacity:0}}}
@media (forced-colors:active){.handle,.card,.primary,.plain{border:1px solid}}
`;
