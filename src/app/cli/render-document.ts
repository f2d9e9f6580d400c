import type { Command } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import { EXIT_CODES } from './exit-code.ts';
import { buildProgram } from './program.ts';

/** `docs/command-line.md`, generated from the commands themselves. */
export function renderCommandLineDocument(): string {
  const program = buildProgram({
    environment: {},
    workingDirectory: '.',
    clock: systemClock,
    random: systemRandom,
    interactive: false,
    print: () => {},
    tell: () => {},
  });
  const codes = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return `# Command line

\`propusk COMMAND --help\` shows the same. Results go to standard output, everything else to standard error; \`--json\`
prints the result for scripts. This page is generated from the program.

${optionTable(program)}
${program.commands.map((command) => renderCommand(command, 'propusk')).join('')}
## Exit codes

| code | meaning |
| --- | --- |
${codes.join('\n')}
`;
}

function renderCommand(command: Command, parent: string): string {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0)
    return command.commands.map((inner) => renderCommand(inner, name)).join('');
  const args = command.registeredArguments.map((argument) =>
    argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`,
  );
  return `\n## \`${name}${args.join('')}\`\n\n${sentence(command.description())}\n${optionTable(command)}`;
}

function optionTable(command: Command): string {
  const options = command.options.filter((option) => !option.hidden);
  if (options.length === 0) return '';
  const rows = options.map(({ flags, description, defaultValue }) => {
    const byDefault =
      defaultValue === undefined || defaultValue === '' ? '' : ` (default ${JSON.stringify(defaultValue)})`;
    return `| \`${flags.replaceAll('|', '\\|')}\` | ${description.replaceAll('|', '\\|')}${byDefault} |`;
  });
  return `\n| option | meaning |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
