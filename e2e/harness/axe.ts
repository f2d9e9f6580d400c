import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const SCRIPT = require.resolve('axe-core/axe.min.js');
const GRAVE = ['serious', 'critical'];

/** What is read of axe's answer; its own types bring a browser's globals with them. */
interface AxeAnswer {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly impact?: string | null;
    readonly nodes: readonly {
      readonly html: string;
      readonly any: readonly { readonly message: string }[];
    }[];
  }[];
}

/** A colour half way between two is nobody's choice. What goes on for ever is not waited for. */
const ENDS_OF_TRANSITIONS =
  'Promise.allSettled(document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < 5000).map((each) => each.finished)).then(() => undefined)';

/** Puts axe into every page of the context beside the page's own scripts, whatever its content security policy. */
export function addAxe(context: BrowserContext): Promise<unknown> {
  return context.addInitScript({ path: SCRIPT });
}

/**
 * @param rules only these; all where none is named
 * @returns one line for each element with a finding of impact serious or critical, as a person would look for it
 */
export async function findBarriers(page: Page, ...rules: readonly string[]): Promise<readonly string[]> {
  const options = {
    preload: false,
    resultTypes: ['violations'],
    ...(rules.length > 0 && { runOnly: { type: 'rule', values: rules } }),
  };
  await page.evaluate(ENDS_OF_TRANSITIONS);
  const { violations, passes } = await page.evaluate<AxeAnswer>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  // A page where nothing was found to look at has not been looked at.
  if (passes.length === 0) throw new Error(`axe looked at nothing on ${page.url()}`);
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, any }) => `${id}: ${html.slice(0, 160)} ${any.map(({ message }) => message).join('; ')}`,
      ),
    );
}
