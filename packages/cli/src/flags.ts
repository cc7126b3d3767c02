// Flags: a command's table of them, parsing by node:util, complaints with a suggestion. Owns what wrong usage is (exit
// code 2); knows no command.

import { parseArgs } from "node:util";
import { closest } from "./closest.ts";

/** A flag of a command. `value` names what follows it in the help text; without it the flag is a switch. */
export interface Flag {
  help: string;
  value?: string;
  /** What the value must be. Default: text. */
  kind?: "text" | "number" | "count";
  /** May be given several times, or as a list with commas. */
  many?: boolean;
  short?: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** Wrong usage: the message says what was expected. The process ends with exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The values that were given. Names are those of the command's table. */
export class FlagValues {
  readonly #values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly #flags: Flags;

  constructor(flags: Flags, values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>) {
    this.#flags = flags;
    this.#values = values;
    for (const [name, { kind, value }] of Object.entries(flags)) {
      if (value === undefined || kind === undefined || kind === "text") continue;
      for (const text of this.list(name) ?? []) checkNumber(name, text, kind);
    }
  }

  /** Whether a switch was given. */
  on(name: string): boolean {
    return this.#values[name] === true;
  }

  /** The text after a flag, undefined if it was not given. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** The number after a flag. */
  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  /** All values of a flag that may be repeated; commas separate too. */
  list(name: string): string[] | undefined {
    const value = this.#values[name];
    if (value === undefined || typeof value === "boolean") return undefined;
    const texts = (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === "string");
    return this.#flags[name]?.many ? texts.flatMap((text) => text.split(",")).filter((text) => text !== "") : texts;
  }

  /** As `list`, only from the given choices. */
  choices<T extends string>(name: string, known: readonly T[]): T[] | undefined {
    return this.list(name)?.map((text) => oneOf(`--${name}`, text, known));
  }

  /** The text after a flag, only from the given choices. */
  choice<T extends string>(name: string, known: readonly T[]): T | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : oneOf(`--${name}`, text, known);
  }
}

function oneOf<T extends string>(what: string, text: string, known: readonly T[]): T {
  const found = known.find((entry) => entry === text);
  if (found === undefined) throw new UsageError(`${what}: expected ${known.join(", ")}, found ${JSON.stringify(text)}`);
  return found;
}

function checkNumber(name: string, text: string, kind: "number" | "count"): void {
  const number = Number(text);
  const right =
    text.trim() !== "" && (kind === "number" ? Number.isFinite(number) : Number.isSafeInteger(number) && number >= 0);
  if (!right) {
    const expected = kind === "number" ? "a number" : "a whole number, 0 or more";
    throw new UsageError(`--${name}: expected ${expected}, found ${JSON.stringify(text)}`);
  }
}

/** Flags that every command has. */
export const COMMON_FLAGS: Flags = { help: { help: "show this text", short: "h" } };

/**
 * Reads the arguments of a command. Throws UsageError for an unknown flag (with the nearest known one), a missing or
 * wrong value, or more positional arguments than `positionals`.
 */
export function parseFlags(
  args: readonly string[],
  flags: Flags,
  positionals: number,
): { values: FlagValues; positionals: string[] } {
  const all = { ...flags, ...COMMON_FLAGS };
  const options = Object.fromEntries(
    Object.entries(all).map(([name, flag]) => [
      name,
      {
        type: flag.value === undefined ? ("boolean" as const) : ("string" as const),
        ...(flag.many ? { multiple: true } : {}),
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: joinNegative(args, all), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(error as Error & { code?: string }, args, all));
  }
  if (parsed.positionals.length > positionals) {
    throw new UsageError(`unexpected argument ${JSON.stringify(parsed.positionals[positionals])}`);
  }
  return { values: new FlagValues(all, parsed.values), positionals: parsed.positionals };
}

/** `--seed -1` means a value, not a flag: node:util calls it ambiguous, so such pairs are joined with `=`. */
function joinNegative(args: readonly string[], flags: Flags): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [args[i]!, args[i + 1]];
    if (arg === "--") return [...joined, ...args.slice(i)];
    const takesValue = arg.startsWith("--") && flags[arg.slice(2)]?.value !== undefined;
    if (takesValue && next !== undefined && /^-\d/.test(next)) {
      joined.push(`${arg}=${next}`);
      i++;
    } else joined.push(arg);
  }
  return joined;
}

function explain(error: Error & { code?: string }, args: readonly string[], flags: Flags): string {
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const found = /'(-[^']*)'/.exec(error.message)?.[1] ?? args.find((arg) => arg.startsWith("-")) ?? "?";
    const near = closest(found.replace(/^-+/, "").replace(/=.*$/, ""), Object.keys(flags));
    return `unknown flag ${found}${near === undefined ? "" : `; did you mean --${near}?`}`;
  }
  const name = /'(?:-\w, )?--([\w-]+)/.exec(error.message)?.[1];
  const flag = name === undefined ? undefined : flags[name];
  if (flag === undefined) return error.message;
  return flag.value === undefined ? `--${name} takes no value` : `--${name} needs a value: --${name} ${flag.value}`;
}
