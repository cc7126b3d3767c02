// `lemma gym generate`: dataset rows as JSON lines, of tasks one after the other or mixed.

import { once } from "node:events";
import { type CompositePart, familyById, generate, generateComposite } from "@lemma/gym";
import type { DatasetRow } from "@lemma/protocol";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../flags.ts";
import { checkTask, problemSettings, TASK_FLAGS, tasksFrom } from "../task-flags.ts";

const { split: _, ...flags } = TASK_FLAGS;

export const gymGenerate: Command = {
  name: "gym generate",
  summary: "Make problems with question, reasoning, answer and verifier, as JSON lines",
  about:
    "Prints dataset rows. The same flags print the same bytes, on every machine. Without --split, problems of both splits\n" +
    "come; a problem's split is decided by the problem itself, so no wording or language leaks a held-out one. With --mix the\n" +
    "rows of several tasks come mixed: TASK, TASK=WEIGHT (default 1) or TASK@LEVEL=WEIGHT, --count rows in all.",
  flags: {
    ...flags,
    mix: {
      help: "tasks mixed by weight, in place of --task: addition-subtraction=3,ordering@2",
      value: "PARTS",
      many: true,
    },
    split: { help: "only train, or only heldout problems (default: both)", value: "SPLIT" },
    count: { help: "rows for each task and level, or of a mix in all (default 10)", value: "N", kind: "count" },
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
    {
      line: "lemma gym generate --mix ordering=3,multiplication@1 --count 40",
      shows: "about 30 puzzles and 10 products of one digit, mixed",
    },
  ],
  async run(context) {
    const { flags, signal } = context;
    if (flags.list("mix") !== undefined) return await printMix(context);
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

/** The rows of a composite. */
async function printMix(context: CommandContext): Promise<number> {
  const { flags, signal } = context;
  if (flags.list("task") !== undefined || flags.list("level") !== undefined)
    throw new UsageError("--mix names tasks and levels itself: leave out --task and --level");
  const { levels: _, languages, ...settings } = problemSettings(flags);
  const [language] = languages?.length === 1 ? languages : [];
  const options = {
    ...settings,
    parts: flags.list("mix")!.map(partOf),
    count: flags.number("count") ?? 10,
    distinct: flags.on("distinct"),
  };
  for (const row of generateComposite(language === undefined ? options : { ...options, language })) {
    signal.throwIfAborted();
    await print(row, context);
  }
  return 0;
}

/** `TASK`, `TASK@LEVEL`, `TASK=WEIGHT`, `TASK@LEVEL=WEIGHT`. */
function partOf(text: string): CompositePart {
  const [, task = "", level, weight] = /^([^@=]+)(?:@(\d+))?(?:=(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (task === "") throw new UsageError(`--mix: expected TASK@LEVEL=WEIGHT, found ${JSON.stringify(text)}`);
  checkTask(task);
  return {
    task,
    ...(level === undefined ? {} : { level: Number(level) }),
    ...(weight === undefined ? {} : { weight: Number(weight) }),
  };
}

async function print(row: DatasetRow, { terminal }: CommandContext): Promise<void> {
  terminal.json(row);
  if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
}
