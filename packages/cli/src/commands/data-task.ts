// `lemma data task`: a share of a phase's tasks, by rank and world size. What a job array or another scheduler runs.

import { runTask, StageFolder, stageByName } from "@lemma/data";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";

export const dataTask: Command = {
  name: "data task",
  summary: "Run one rank's share of a stage's tasks (for schedulers)",
  arguments: "FOLDER",
  positionals: 1,
  about:
    "FOLDER is that of a planned stage (plan.json stands in it). Rank R of W runs tasks R, R+W, R+2W, … of the phase and leaves a\n" +
    "done marker for each. Tasks that are done are passed over, so a rank that was killed is simply run again.",
  flags: {
    phase: { help: "the phase", value: "NAME" },
    tasks: { help: "how many tasks the phase has", value: "N", kind: "count" },
    rank: { help: "which share, from 0 (default 0)", value: "N", kind: "count" },
    world: { help: "how many shares there are (default 1)", value: "N", kind: "count" },
  },
  examples: [
    {
      line: "lemma data task run/02-clean --phase filter --tasks 40 --rank 3 --world 8",
      shows: "tasks 3, 11, 19, 27, 35",
    },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [path] = positionals;
    const phase = flags.text("phase");
    const tasks = flags.number("tasks");
    if (path === undefined || phase === undefined || tasks === undefined)
      throw new UsageError("a folder, --phase and --tasks are needed");
    const [rank, world] = [flags.number("rank") ?? 0, flags.number("world") ?? 1];
    if (rank >= world) throw new UsageError(`--rank ${rank}: expected less than --world ${world}`);
    const folder = new StageFolder(path);
    const plan = folder.plan();
    if (plan === undefined) throw new UsageError(`${path}: expected a planned stage (plan.json)`);
    const stage = stageByName(plan.stage);
    for (let task = rank; task < tasks; task += world) {
      signal.throwIfAborted();
      await runTask(stage, folder, phase, task, (done) => terminal.progress(`${phase} ${task}: ${done}`));
    }
    terminal.clearProgress();
    return 0;
  },
};
