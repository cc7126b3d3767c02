// `lemma train export`: a checkpoint becomes a model folder and a GGUF. Owns flags and printing; packages/trainer exports.

import { CONVERT_TYPES, exportCheckpoint } from "@lemma/trainer";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";

export const trainExport: Command = {
  name: "train export",
  summary: "Make a model folder with its GGUF of any checkpoint",
  arguments: "RUN|RECIPE",
  positionals: 1,
  about:
    "Writes a Hugging Face folder (BF16 weights) and the GGUF of the newest checkpoint of a run folder or of a recipe's newest\n" +
    "run, or of --step. The run may be training meanwhile.",
  flags: {
    step: { help: "the checkpoint (default: the newest)", value: "N", kind: "count" },
    out: { help: "folder to write (default export/NAME-STEP in the run folder)", value: "FOLDER" },
    type: { help: `${CONVERT_TYPES.join(", ")} (default Q8_0)`, value: "TYPE" },
    json: { help: "print {run, step, tokens, folder, gguf}" },
  },
  examples: [
    { line: "lemma train export recipes/lemma-s.yaml", shows: "the folder and the GGUF of the newest checkpoint" },
    { line: "lemma train export recipes/lemma-s.yaml --step 2000 --out ./early", shows: "./early/early.gguf" },
  ],
  async run({ flags, positionals, terminal }) {
    const [run] = positionals;
    if (run === undefined) throw new UsageError("a run folder or a recipe is needed");
    const [step, out, type] = [flags.number("step"), flags.text("out"), flags.choice("type", CONVERT_TYPES)];
    const made = await exportCheckpoint({
      run,
      ...(step === undefined ? {} : { step }),
      ...(out === undefined ? {} : { out }),
      ...(type === undefined ? {} : { type }),
    });
    if (flags.on("json")) terminal.json(made);
    else terminal.line(`${made.gguf}: step ${made.step}, ${made.tokens.toLocaleString("en-US")} tokens seen`);
    return 0;
  },
};
