// The flags that choose problems (`--task`, `--level`, `--language`, `--split`, `--phrasing`), shared by gym and eval.

import { families } from "@lemma/gym";
import { closest } from "./closest.ts";
import { type Flags, type FlagValues, UsageError } from "./flags.ts";

export const TASK_FLAGS = {
  task: { help: "a task id; several with commas (`lemma gym list` names them)", value: "ID", many: true },
  level: { help: "levels, 1 and up (default: each family's default level)", value: "N", kind: "count", many: true },
  language: { help: "en, zh (default: both)", value: "LANG", many: true },
  split: { help: "train or heldout", value: "SPLIT" },
  phrasing: { help: "trained or heldout wordings (default: trained)", value: "GROUP" },
  seed: { help: "a whole number; the same seed gives the same problems (default 0)", value: "N", kind: "count" },
} as const satisfies Flags;

/** The task ids given, checked; `none` where the flag is absent. */
export function tasksFrom(flags: FlagValues, none: () => string[]): string[] {
  const known = families().map(({ id }) => id);
  const given = flags.list("task");
  if (given === undefined) return none();
  for (const task of given) checkTask(task, known);
  return given;
}

/** Throws UsageError for an unknown task id, with the nearest known one. */
export function checkTask(task: string, known: readonly string[] = families().map(({ id }) => id)): void {
  if (known.includes(task)) return;
  const near = closest(task, known);
  throw new UsageError(
    `unknown task ${JSON.stringify(task)}${near === undefined ? "" : `; did you mean ${near}?`}; known: ${known.join(", ")}`,
  );
}

/** What the flags say of levels, languages, split, wordings and seed; absent ones are left out. */
export function problemSettings(flags: FlagValues) {
  const levels = flags.list("level")?.map(Number);
  const languages = flags.choices("language", ["en", "zh"] as const);
  const split = flags.choice("split", ["train", "heldout"] as const);
  const phrasing = flags.choice("phrasing", ["trained", "heldout"] as const);
  return {
    seed: flags.number("seed") ?? 0,
    ...(levels === undefined ? {} : { levels }),
    ...(languages === undefined ? {} : { languages }),
    ...(split === undefined ? {} : { split }),
    ...(phrasing === undefined ? {} : { phrasing }),
  };
}
