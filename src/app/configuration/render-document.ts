import { describeAllowed, listOptions, type Option } from './options.ts';

/** `docs/configuration.md`, generated from the schema, so that the page cannot say anything else than the program. */
export function renderConfigurationDocument(): string {
  const groups = new Map<string, Option[]>();
  for (const option of listOptions()) {
    const [head = ''] = option.name.split(/[.[]/);
    groups.set(head, [...(groups.get(head) ?? []), option]);
  }
  const single = [...groups.values()].filter((options) => options.length === 1).flat();
  const grouped = [...groups].filter(([, options]) => options.length > 1);
  const sections = [
    renderSection('General', single),
    ...grouped.map(([head, options]) => renderSection(`\`${head}\``, options)),
  ];
  return `${INTRODUCTION}${sections.join('')}`;
}

const INTRODUCTION = `# Configuration

One JSON file. \`propusk init\` writes a first one; every command takes it with \`--config FILE\`, else from the
environment variable \`PROPUSK_CONFIG\`, else \`propusk.json\` in the current folder. Editors that know JSON schema take
[configuration.schema.json](configuration.schema.json).

Every option outside of lists can also be set by an environment variable, which wins over the file. Texts are written
as they are, everything else as JSON: \`PROPUSK_LISTEN_PORT=8443\`. \`DATABASE_URL\` chooses PostgreSQL.

Secrets are never written into the file: options that end in \`File\` name a file that holds one.

All mistakes are told at once, before anything listens. This page is generated from the program.
`;

function renderSection(heading: string, options: readonly Option[]): string {
  const lines = options.map((option) => {
    const { schema } = option;
    const facts = [
      option.required ? 'required' : undefined,
      schema.type === 'object' && schema.properties ? undefined : `takes ${describeAllowed(schema)}`,
      schema.default === undefined || typeof schema.default === 'object'
        ? undefined
        : `default \`${JSON.stringify(schema.default)}\``,
      option.variable === undefined ? undefined : `\`${option.variable}\``,
    ].filter((fact) => fact !== undefined);
    return `| \`${option.name}\` | ${cell(schema.description ?? '')} | ${cell(facts.join('; '))} |`;
  });
  return `\n## ${heading}\n\n| option | what it is | values |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
