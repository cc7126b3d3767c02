// `lemma train`: runs a recipe; `train plan` says what it would do, `train watch` follows a run, `train list` lists all. Owns flags
// and printing; packages/trainer trains.

import { duration, listTrainings, planTraining, train as runRecipe, watchTraining } from "@lemma/trainer";
import type { Command, CommandGroup } from "../command.ts";
import { UsageError } from "../flags.ts";
import { SUMMARIES } from "../summaries.ts";
import { table } from "../table.ts";
import { planText } from "../training-plan.ts";
import { trainExport } from "./train-export.ts";
import { trainSlurm } from "./train-slurm.ts";

const recipeOf = (positionals: readonly string[]): string => {
  const [recipe] = positionals;
  if (recipe === undefined) throw new UsageError("a recipe is needed, such as recipes/lemma-s.yaml");
  return recipe;
};

const trainRecipe: Command = {
  name: "train",
  summary: "Train as a recipe says: data, stages, export, scores",
  arguments: "RECIPE",
  positionals: 1,
  about:
    "Makes the data, trains every stage, exports a Hugging Face folder and a GGUF file and scores the model. It can be\n" +
    "stopped anywhere (Ctrl-C, even SIGKILL): the same command continues the unfinished run.",
  flags: { fresh: { help: "start another run instead of continuing" }, json: { help: "print the result as JSON" } },
  examples: [
    { line: "lemma train recipes/lemma-s.yaml", shows: "a line with loss, tokens/s and time left; then the scores" },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const recipe = recipeOf(positionals);
    const result = await runRecipe({
      recipe,
      fresh: flags.on("fresh"),
      signal,
      onProgress: (line: string) => terminal.progress(line),
    });
    terminal.clearProgress();
    if (flags.on("json")) terminal.json(result);
    else terminal.line(`run folder ${result.folder}${result.model === undefined ? "" : `, model ${result.model}`}`);
    return 0;
  },
};

const trainPlan: Command = {
  name: "train plan",
  summary: "Check a recipe and show what it would do and take",
  arguments: "RECIPE",
  positionals: 1,
  about:
    "Reads the recipe, checks every field and prints stages, parameters, floating-point operations, memory of a rank under each\n" +
    "parallel plan (and which of them the installed PyTorch runs), time and cost on named hardware. Trains nothing.",
  flags: {
    ranks: { help: "ranks of the table of memory (default: what this machine would start)", value: "N", kind: "count" },
    mfu: {
      help: "share of the peak that is reached, 0 to 1 (default: assumed by size)",
      value: "SHARE",
      kind: "number",
    },
    price: { help: "dollars a device and hour (default: assumed for each)", value: "DOLLARS", kind: "number" },
    json: { help: "print the plan as one JSON object" },
  },
  examples: [
    { line: "lemma train plan recipes/lemma-m.yaml", shows: "the model's size, memory by plan, time on six devices" },
    { line: "lemma train plan recipes/lemma-33b.yaml --ranks 64 --price 2.2", shows: "the same over 64 ranks" },
  ],
  async run({ flags, positionals, terminal }) {
    const [ranks, mfu, price] = [flags.number("ranks"), flags.number("mfu"), flags.number("price")];
    if (ranks !== undefined && ranks < 1) throw new UsageError(`--ranks: expected at least 1, found ${ranks}`);
    if (mfu !== undefined && !(mfu > 0 && mfu <= 1)) throw new UsageError(`--mfu: expected 0 to 1, found ${mfu}`);
    const plan = await planTraining({
      recipe: recipeOf(positionals),
      ...(ranks === undefined ? {} : { ranks }),
      ...(mfu === undefined ? {} : { mfu }),
      ...(price === undefined ? {} : { price }),
    });
    if (flags.on("json")) terminal.json(plan);
    else terminal.write(planText(plan));
    return 0;
  },
};

const trainWatch: Command = {
  name: "train watch",
  summary: "Follow a running training",
  arguments: "[RECIPE|FOLDER]",
  positionals: 1,
  about:
    "Shows loss, speed and time left of a run as they are written: one line on a terminal, a line a step elsewhere. Without\n" +
    "argument the newest run. Ends when the run is done (exit 0) or when nobody trains it any more (exit 1, with how it was\n" +
    "left and what to do); Ctrl-C ends only the watching.",
  flags: { json: { help: "the lines of metrics.jsonl as they are" } },
  examples: [
    {
      line: "lemma train watch",
      shows: "sft 490/4,394 | loss 0.311 | 19,222 tokens/s | 5,988,869 tokens | 41 min 12 s left",
    },
    { line: "lemma train watch recipes/lemma-s.yaml --json", shows: "a JSON object for each line of the metrics" },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const json = flags.on("json");
    let last = "";
    const phase = await watchTraining({
      run: positionals[0],
      signal,
      onMetrics: (metrics, line) => {
        last = line;
        if (json) terminal.json(metrics);
        else if (terminal.isTerminal) terminal.progress(line);
        else terminal.line(line);
      },
      onNote: (note) => terminal.note(note),
    });
    terminal.clearProgress();
    if (!json && terminal.isTerminal && last !== "") terminal.line(last);
    return phase === "done" || phase === "running" ? 0 : 1;
  },
};

const trainList: Command = {
  name: "train list",
  summary: "List all runs with state, step and loss",
  about:
    "The runs below $LEMMA_HOME/runs, newest last. States: running, done, trained (export or scores are to come), stopped, and\n" +
    "died (its process is gone without having said why). What is not done is continued by `lemma train` with its recipe.",
  flags: { json: { help: "one JSON object a run" } },
  examples: [{ line: "lemma train list", shows: "a line a run: lemma-s, running, sft 490/4,394, loss 0.311, 3 s ago" }],
  async run({ flags, terminal }) {
    const runs = await listTrainings();
    if (flags.on("json")) {
      for (const run of runs) terminal.json(run);
      return 0;
    }
    const lines = runs.map(({ name, phase, kind, step, lastStep, loss, passRate, ageSeconds, folder }) => [
      name,
      phase,
      `${kind} ${step.toLocaleString("en-US")}/${lastStep.toLocaleString("en-US")}`,
      passRate === null ? (loss?.toFixed(3) ?? "–") : `pass ${(100 * passRate).toFixed(0)} %`,
      ageSeconds === null ? "–" : `${duration(ageSeconds)} ago`,
      folder,
    ]);
    if (lines.length === 0) terminal.note("no run yet; `lemma train recipes/smoke.yaml` makes one in about a minute");
    else terminal.write(table(["run", "state", "step", "loss", "last line", "folder"], lines, [3]));
    return 0;
  },
};

export const train: CommandGroup = {
  name: "train",
  summary: SUMMARIES.train,
  commands: [trainRecipe, trainPlan, trainWatch, trainList, trainExport, trainSlurm],
};
