// All commands in the order of the overview. Owns the list; each command is a file of its own.

import { readFileSync } from "node:fs";
import type { Command, CommandGroup } from "./command.ts";
import { type CommandName, SUMMARIES } from "./summaries.ts";

// Loaded when asked for: `lemma --help` needs no engine, and `lemma doctor` works where a build is missing.
const LOADERS: Readonly<Record<CommandName, () => Promise<Command | CommandGroup>>> = {
  serve: async () => (await import("./commands/serve.ts")).serve,
  run: async () => (await import("./commands/run.ts")).run,
  models: async () => (await import("./commands/models.ts")).models,
  convert: async () => (await import("./commands/convert.ts")).convert,
  gym: async () => (await import("./commands/gym.ts")).gym,
  verify: async () => (await import("./commands/verify.ts")).verify,
  data: async () => (await import("./commands/data.ts")).data,
  train: async () => (await import("./commands/train.ts")).train,
  eval: async () => (await import("./commands/eval.ts")).evaluation,
  bench: async () => (await import("./commands/bench.ts")).bench,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
};

/** The names of all commands, in the order of the overview. */
export const COMMAND_NAMES = Object.keys(SUMMARIES) as CommandName[];

/** The command of this name, undefined if there is none. */
export async function loadCommand(name: string): Promise<Command | CommandGroup | undefined> {
  return Object.hasOwn(LOADERS, name) ? LOADERS[name as CommandName]() : undefined;
}

/** The text of `lemma --help`. */
export function overview(): string {
  const width = Math.max(...COMMAND_NAMES.map((name) => name.length));
  return [
    "Lemma: make the data, train a reasoning model, check every step it writes, serve it.",
    "",
    "Usage: lemma COMMAND [flags]",
    "",
    ...COMMAND_NAMES.map((name) => `  ${name.padEnd(width)}  ${SUMMARIES[name]}`),
    "",
    "Example:",
    '  lemma run "Solve 3x+12=0"',
    "",
    "`lemma COMMAND --help` explains a command and shows examples. Data goes to standard output, progress and errors to",
    "standard error. Exit code 0: the work was done; 1: it could not be done, or an input line was bad; 2: wrong usage.",
    "",
  ].join("\n");
}

/** The version of this command. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
