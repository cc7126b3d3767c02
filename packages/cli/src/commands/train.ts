// `lemma train`: runs a recipe; `train plan` says what it would do, `train watch` follows a run. Owns flags and printing;
// packages/trainer trains.

import { planTraining, train as runRecipe, watchTraining } from "@lemma/trainer";
import type { Command, CommandGroup } from "../command.ts";
import { UsageError } from "../flags.ts";
import { SUMMARIES } from "../summaries.ts";
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
  arguments: "RECIPE|FOLDER",
  positionals: 1,
  about: "Prints the metrics of a run as they are written, until it ends or Ctrl-C. The training itself goes on.",
  flags: { json: { help: "the lines of metrics.jsonl as they are" } },
  examples: [{ line: "lemma train watch recipes/lemma-s.yaml", shows: "a line a step: loss, tokens/s, time left" }],
  async run({ flags, positionals, terminal, signal }) {
    const json = flags.on("json");
    await watchTraining({ run: recipeOf(positionals), json, signal, onLine: (line: string) => terminal.line(line) });
    return 0;
  },
};

export const train: CommandGroup = {
  name: "train",
  summary: SUMMARIES.train,
  commands: [trainRecipe, trainPlan, trainWatch, trainExport, trainSlurm],
};
