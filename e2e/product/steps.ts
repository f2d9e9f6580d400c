/** What a person did from the sign-in page to the application, counted while a browser was really driven. */
export interface Way {
  readonly browser: string;
  readonly situation: string;
  readonly steps: readonly string[];
  readonly restarts: number;
}

export interface StepCounter {
  /** One act of a person: a press, a choice, a form sent, a program used. */
  step<T>(what: string, act: () => Promise<T>): Promise<T>;
  restart(act: () => Promise<void>): Promise<void>;
}

export async function countSteps(
  browser: string,
  situation: string,
  walk: (counter: StepCounter) => Promise<void>,
): Promise<Way> {
  const steps: string[] = [];
  let restarts = 0;
  await walk({
    step: async (what, act) => {
      steps.push(what);
      return await act();
    },
    restart: async (act) => {
      steps.push('close the browser and open it again');
      restarts += 1;
      await act();
    },
  });
  return { browser, situation, steps, restarts };
}

/** The document's text: Markdown. */
export function stepsDocument(ways: readonly Way[]): string {
  const rows = ways.map(
    ({ browser, situation, steps, restarts }) =>
      `| ${browser} | ${situation} | ${steps.length} | ${restarts} | ${steps.join(' → ')} |`,
  );
  return [
    '# Steps from the sign-in page to the application',
    '',
    'Written by `e2e/steps-to-enter.test.ts`, which fails when a way gets longer or shorter than what stands here; `-u` writes it',
    'anew. A step is one act of a person, counted while a real browser was driven: Chromium 156 for the family of Chrome, Yandex',
    'Browser, Opera and Edge, and Firefox ESR 153. Installing the file counts as one step in all of them: on Windows it is the',
    'wizard of five pages, in Firefox its certificate manager, and here the program that does the same. The way through',
    'Firefox’s settings is driven with its mouse and keyboard, but its steps are counted by hand.',
    '',
    '| browser | situation | steps | restarts | which |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
