// What a command is, and its help text. Owns the form; knows no command.

import { COMMON_FLAGS, type Flags, type FlagValues } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/** What a command gets. `signal` aborts, with LEMMA_E_ABORTED, at the first Ctrl-C or SIGTERM; a second one ends the process. */
export interface CommandContext {
  flags: FlagValues;
  positionals: string[];
  terminal: Terminal;
  signal: AbortSignal;
}

/** One command, or one of a command's own (`gym list`). */
export interface Command {
  /** As it is typed: `gym list`. */
  name: string;
  /** One line. */
  summary: string;
  /** After the name in the usage line: `[PROMPT]`. */
  arguments?: string;
  /** How many positional arguments it takes. Default 0. */
  positionals?: number;
  /** A few sentences that teach: what goes in, what comes out. */
  about: string;
  flags: Flags;
  /** At least one; shown in the help text. */
  examples: readonly { line: string; shows: string }[];
  /** Does the work. A returned number is the exit code (default 0); errors thrown are printed, exit code 1; LEMMA_E_ABORTED is 130 or 143. */
  run(context: CommandContext): Promise<number | undefined>;
}

/** A name whose commands are listed below it: `gym` has `list`, `generate`, `check`. */
export interface CommandGroup {
  name: string;
  summary: string;
  commands: readonly Command[];
}

export const isGroup = (entry: Command | CommandGroup): entry is CommandGroup => "commands" in entry;

/** The text of `lemma COMMAND --help`. */
export function helpText(command: Command): string {
  const entries = Object.entries({ ...command.flags, ...COMMON_FLAGS }).map(([name, flag]) => {
    const short = flag.short === undefined ? "" : `-${flag.short}, `;
    return [`${short}--${name}${flag.value === undefined ? "" : ` ${flag.value}`}`, flag.help] as const;
  });
  const width = Math.min(30, Math.max(...entries.map(([left]) => left.length)));
  const usage = ["lemma", command.name, command.arguments, "[flags]"].filter((part) => part !== undefined).join(" ");
  return [
    `${command.summary}`,
    "",
    `Usage: ${usage}`,
    "",
    command.about,
    "",
    "Flags:",
    ...entries.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    "",
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.flatMap(({ line, shows }) => [`  ${line}`, `      ${shows}`]),
    "",
  ].join("\n");
}

/** The text of `lemma GROUP --help`. */
export function groupHelpText(group: CommandGroup): string {
  const width = Math.max(...group.commands.map(({ name }) => name.length));
  return [
    group.summary,
    "",
    ...group.commands.map(({ name, summary }) => `  lemma ${name.padEnd(width)}  ${summary}`),
    "",
    `Example:\n  ${group.commands[0]!.examples[0]!.line}`,
    "",
    `\`lemma ${group.commands[0]!.name} --help\` explains one of them.`,
    "",
  ].join("\n");
}
