import { cancel, isCancel, text } from '@clack/prompts';
import { ProblemError } from '../../kernel/problem.ts';
import { CommandEnding } from '../cli/command-ending.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { InitAnswers } from './answers.ts';
import { QUESTIONS, type Question } from './questions.ts';

export type Flags = Partial<Record<keyof InitAnswers, string | readonly string[]>>;

/**
 * The answers: from flags, and where somebody sits at the terminal, from questions for what is missing.
 * @throws {ProblemError} `configuration-invalid` naming every flag that is missing where nobody can be asked
 */
export async function gatherAnswers(flags: Flags, terminal: Terminal): Promise<InitAnswers> {
  const known: Partial<Record<keyof InitAnswers, string>> = {};
  for (const [name, value] of Object.entries(flags) as [keyof InitAnswers, string | readonly string[]][]) {
    known[name] = typeof value === 'string' ? value : value.join(',');
  }
  const missing: string[] = [];
  for (const question of QUESTIONS) {
    const given = known[question.property];
    if (given === undefined && question.when?.(known) === false) continue;
    if (given !== undefined) {
      const wrong =
        question.check && question.property !== 'applicationHost' ? question.check(given) : undefined;
      if (wrong) missing.push(`${flagOf(question)}: ${wrong}; found "${given}"`);
      continue;
    }
    const answer = terminal.interactive ? await ask(question) : withoutAsking(question, missing);
    if (answer !== undefined && answer !== '') known[question.property] = answer;
  }
  if (missing.length > 0) {
    throw new ProblemError('configuration-invalid', {
      detail: `\n${missing.map((line) => `  ${line}`).join('\n')}`,
    });
  }
  return present(known);
}

/** Without anybody to ask, optional things are left out and defaults are taken where they cannot surprise. */
const SAFE_DEFAULTS = new Set<keyof InitAnswers>([
  'dataDirectory',
  'listenPort',
  'administrator',
  'administratorName',
  'smsBody',
]);

function withoutAsking(question: Question, missing: string[]): string | undefined {
  if (question.optional) return undefined;
  if (SAFE_DEFAULTS.has(question.property)) return question.initial;
  missing.push(`${flagOf(question)} is missing: ${question.message}`);
  return undefined;
}

async function ask({ message, initial, optional, check }: Question): Promise<string> {
  const answer = await text({
    message,
    ...(initial === undefined ? {} : { initialValue: initial }),
    validate: (value) => {
      const given = value?.trim() ?? '';
      if (given === '') return optional ? undefined : 'This is needed';
      return check?.(given);
    },
  });
  if (isCancel(answer)) {
    cancel('Nothing was written.');
    throw new CommandEnding('failed');
  }
  return answer?.trim() ?? '';
}

export function flagOf({ property }: Pick<Question, 'property'>): string {
  return `--${property.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function present(known: Partial<Record<keyof InitAnswers, string>>): InitAnswers {
  return {
    dataDirectory: known.dataDirectory ?? './data',
    portalHost: known.portalHost ?? '',
    consoleHost: known.consoleHost,
    applicationName: known.applicationName ?? '',
    applicationHost: (known.applicationHost ?? '').split(',').map((host) => host.trim()),
    upstream: known.upstream ?? '',
    certificate: known.certificate,
    key: known.key,
    pfx: known.pfx,
    pfxPasswordFile: known.pfxPasswordFile,
    listenPort: Number(known.listenPort ?? 443),
    httpPort: known.httpPort === undefined ? undefined : Number(known.httpPort),
    contact: known.contact ?? '',
    smsUrl: known.smsUrl,
    smsAuthorizationFile: known.smsAuthorizationFile,
    smsBody: known.smsBody,
    databaseUrlFile: known.databaseUrlFile,
    administrator: known.administrator ?? 'admin',
    administratorName: known.administratorName ?? '',
    administratorPhone: known.administratorPhone,
  };
}
