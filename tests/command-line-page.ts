// docs/command-line.md, made from the help texts of the commands. Owns the page's form; says nothing of its own.

import { type Command, helpText, isGroup } from "../packages/cli/src/command.ts";
import { COMMAND_NAMES, loadCommand } from "../packages/cli/src/commands.ts";

const INTRODUCTION = `# The command line

Inside the repository: \`npx lemma COMMAND\`. This page is made from the commands' own help texts (\`lemma COMMAND --help\`).

Data goes to standard output, progress and errors to standard error. \`--json\` prints one object, or one a line for lists.
Exit codes: 0 the work was done, whatever the verdicts or scores; 1 it could not be done, or an input line was bad; 2 wrong usage;
130 it was stopped by Ctrl-C (143: by SIGTERM).
`;

const section = (command: Command): string =>
  `## lemma ${command.name}\n\n\`\`\`text\n${helpText(command).trimEnd()}\n\`\`\`\n`;

/** The whole page. */
export async function commandLinePage(): Promise<string> {
  const sections: string[] = [];
  for (const name of COMMAND_NAMES) {
    const entry = await loadCommand(name);
    if (entry === undefined) throw new Error(`no command ${name}`);
    sections.push(...(isGroup(entry) ? entry.commands : [entry]).map(section));
  }
  return [INTRODUCTION, ...sections].join("\n");
}
