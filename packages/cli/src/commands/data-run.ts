// `lemma data run`: a whole recipe, from people's files to shards and a report.

import { defaultRunFolder, readDataRecipe, runRecipe } from "@lemma/data";
import type { Command } from "../command.ts";
import { EXECUTOR_FLAGS, executorFrom } from "../executor-flags.ts";
import { UsageError } from "../flags.ts";
import { printCounts, printExpected, progressText } from "./data-stage.ts";

export const dataRun: Command = {
  name: "data run",
  summary: "Run a data recipe: from files to packed shards and a report",
  arguments: "RECIPE",
  positionals: 1,
  about:
    "Runs the recipe's stages one after another, each in its own folder of the run. The same recipe on the same files gives the\n" +
    "same bytes, for any number of workers. Interrupted at any point (Ctrl-C, a killed process), the same command goes on;\n" +
    "stages whose settings and inputs have not changed are not done again.",
  flags: {
    out: { help: "the run's folder (default $LEMMA_HOME/data/NAME)", value: "FOLDER" },
    ...EXECUTOR_FLAGS,
    json: { help: "print the run's summary as JSON" },
  },
  examples: [
    {
      line: "lemma data run recipes/documents-to-dataset.yaml --out run",
      shows: "a table of what each stage kept and dropped",
    },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [file] = positionals;
    if (file === undefined) throw new UsageError("a recipe is needed: a YAML file");
    const recipe = await readDataRecipe(file);
    const out = flags.text("out") ?? defaultRunFolder(recipe.name);
    await using executor = executorFrom(flags);
    const run = await runRecipe(recipe, {
      out,
      executor,
      signal,
      onExpect: flags.on("json") ? undefined : (lines) => printExpected(terminal, lines),
      onProgress: (progress) => terminal.progress(`${progress.number}/${progress.stages} ${progressText(progress)}`),
    });
    terminal.clearProgress();
    if (flags.on("json")) terminal.json(run);
    else {
      printCounts(terminal, run.stages);
      terminal.line(`${out}: digest ${run.digest}`);
    }
    return 0;
  },
};
