import type { ExitName } from './exit-code.ts';

/** Ends a command that has said everything already, with this exit code. */
export class CommandEnding extends Error {
  readonly exitName: ExitName;

  constructor(exitName: ExitName) {
    super(exitName);
    this.name = 'CommandEnding';
    this.exitName = exitName;
  }
}
