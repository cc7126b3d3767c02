// Entry of the `lemma` command: finds the command, parses its flags, turns errors into messages and exit codes.
// 0: the work was done, whatever the verdicts; 1: it could not be done, or an input line was bad; 2: wrong usage; 130, 143:
// it was stopped by Ctrl-C, by SIGTERM.

import { LemmaError } from "@lemma/protocol";
import { closest } from "./closest.ts";
import { type Command, type CommandGroup, groupHelpText, helpText, isGroup } from "./command.ts";
import { COMMAND_NAMES, loadCommand, overview, version } from "./commands.ts";
import { parseFlags, UsageError } from "./flags.ts";
import { Terminal } from "./terminal.ts";

const STOP_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
let stopCode: number = STOP_CODES.SIGINT;
const terminal = new Terminal();

// A reader that goes away (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "--help" || name === "-h") {
      terminal.write(overview());
      return name === undefined ? 2 : 0;
    }
    if (name === "--version" || name === "-v") {
      terminal.line(version());
      return 0;
    }
    if (name === "help") return await main([...rest, "--help"]);
    const entry = await loadCommand(name);
    if (entry === undefined) throw new UsageError(unknown("command", name, COMMAND_NAMES));
    return isGroup(entry) ? await runGroup(entry, rest) : await runCommand(entry, rest);
  } catch (error) {
    return report(error, name);
  }
}

async function runGroup(group: CommandGroup, args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h") {
    terminal.write(groupHelpText(group));
    return 0;
  }
  const inner = group.commands.find((command) => command.name === `${group.name} ${name}`);
  // `train RECIPE`: the command with the group's own name takes what is no name of another.
  const fallback = group.commands.find((command) => command.name === group.name);
  if (inner !== undefined) return runCommand(inner, rest);
  if (fallback !== undefined && name !== undefined) return runCommand(fallback, args);
  const names = group.commands.map((command) => command.name.slice(group.name.length + 1));
  const missing = `one of ${names.join(", ")} must follow`;
  throw new UsageError(name === undefined ? missing : unknown(`${group.name} command`, name, names));
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    terminal.write(helpText(command));
    return 0;
  }
  const { values, positionals } = parseFlags(args, command.flags, command.positionals ?? 0);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stopCode = STOP_CODES[signal];
      if (stop.signal.aborted) process.exit(stopCode);
      stop.abort(new LemmaError("LEMMA_E_ABORTED"));
    });
  }
  const code = await command.run({ flags: values, positionals, terminal, signal: stop.signal });
  terminal.clearProgress();
  return code ?? 0;
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const near = closest(name, names);
  const hint = near === undefined ? `; known: ${names.join(", ")}` : `; did you mean ${near}?`;
  return `unknown ${what} ${JSON.stringify(name)}${hint}`;
}

function report(error: unknown, command: string | undefined): number {
  const label = terminal.errorStyle("red", "error:");
  if (error instanceof UsageError) {
    const help =
      command === undefined || !COMMAND_NAMES.some((name) => name === command)
        ? "lemma --help"
        : `lemma ${command} --help`;
    terminal.note(`${label} ${error.message}\n  → \`${help}\` shows the usage`);
    return 2;
  }
  if (LemmaError.isInstance(error)) {
    if (error.code === "LEMMA_E_ABORTED") {
      terminal.note("stopped");
      return stopCode;
    }
    terminal.note(`${label} ${error.message}\n  → ${error.hint}  [${error.code}]`);
    return error.code === "LEMMA_E_OPTION" || error.code === "LEMMA_E_TASK" ? 2 : 1;
  }
  terminal.note(`${label} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return 1;
}
