// `lemma gym generate`: dataset rows as JSON lines.

import { once } from "node:events";
import { familyById, generate } from "@lemma/gym";
import type { DatasetRow } from "@lemma/protocol";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../flags.ts";
import { problemSettings, TASK_FLAGS, tasksFrom } from "../task-flags.ts";

const { split: _, ...flags } = TASK_FLAGS;

export const gymGenerate: Command = {
  name: "gym generate",
  summary: "Make problems with question, reasoning, answer and verifier, as JSON lines",
  about:
    "Prints dataset rows. The same flags print the same bytes, on every machine. Without --split, problems of both splits\n" +
    "come; a problem's split is decided by the problem itself, so no wording or language leaks a held-out one.",
  flags: {
    ...flags,
    split: { help: "only train, or only heldout problems (default: both)", value: "SPLIT" },
    count: { help: "rows for each task and level (default 10)", value: "N", kind: "count" },
    distinct: { help: "leave out problems that came before" },
    json: { help: "JSON lines (always so; accepted for uniformity)" },
  },
  examples: [
    {
      line: "lemma gym generate --task multiplication --count 2 --seed 7",
      shows: "two rows, English and Chinese by chance",
    },
    {
      line: "lemma gym generate --task ordering --language zh --split heldout",
      shows: "ten held-out puzzles in Chinese",
    },
  ],
  async run(context) {
    const { flags, signal } = context;
    const tasks = tasksFrom(flags, () => {
      throw new UsageError("--task is needed: the ids stand in `lemma gym list`");
    });
    const { levels, languages, ...settings } = problemSettings(flags);
    const count = flags.number("count") ?? 10;
    for (const task of tasks) {
      for (const level of levels ?? [familyById(task).defaultLevel]) {
        const [language] = languages?.length === 1 ? languages : [];
        const options = { ...settings, task, level, count, distinct: flags.on("distinct") };
        for (const row of generate(language === undefined ? options : { ...options, language })) {
          signal.throwIfAborted();
          await print(row, context);
        }
      }
    }
    return 0;
  },
};

async function print(row: DatasetRow, { terminal }: CommandContext): Promise<void> {
  terminal.json(row);
  if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
}
