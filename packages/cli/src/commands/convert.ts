// `lemma convert`: a Hugging Face model folder becomes a GGUF file. Owns flags and printing; packages/trainer converts.

import { CONVERT_MODEL_TYPES, CONVERT_TYPES, convertModel } from "@lemma/trainer";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";
import { SUMMARIES } from "../summaries.ts";

export const convert: Command = {
  name: "convert",
  summary: SUMMARIES.convert,
  arguments: "FOLDER",
  positionals: 1,
  about:
    `Reads config.json, tokenizer.json and *.safetensors (model_type ${CONVERT_MODEL_TYPES.join(", ")}) and writes\n` +
    "one GGUF file that the engine, llama.cpp and others run. Q8_0 is the file that is scored and served; Q4_0 is half as\n" +
    "large and less exact. Layers that predict further tokens are left out and counted.\n" +
    "The file appears when it is whole: Ctrl-C leaves nothing behind and an earlier file as it was.",
  flags: {
    out: { help: "file to write (default FOLDER/<name>.gguf)", value: "FILE" },
    type: { help: `${CONVERT_TYPES.join(", ")} (default Q8_0)`, value: "TYPE" },
    json: { help: "print {path, bytes, type, skipped}" },
  },
  examples: [
    { line: "lemma convert models/lemma-s", shows: "models/lemma-s/lemma-s.gguf" },
    { line: "lemma convert ./my-model --type F16 --out my-model-f16.gguf", shows: "the same in 16 bits" },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [folder] = positionals;
    if (folder === undefined) throw new UsageError("a model folder is needed");
    const type = flags.choice("type", CONVERT_TYPES) ?? "Q8_0";
    const out = flags.text("out");
    const made = await convertModel({
      folder,
      type,
      ...(out === undefined ? {} : { out }),
      signal,
      onProgress: (done, total, tensor) =>
        terminal.progress(`${Math.floor((100 * done) / total)} % of ${(total / 1e6).toFixed(1)} MB, ${tensor}`),
    });
    terminal.clearProgress();
    const { path, bytes, skipped } = made;
    const rest = skipped === 0 ? "" : `; ${skipped} tensors that predict further tokens left out`;
    if (flags.on("json")) terminal.json({ path, bytes, type, skipped });
    else terminal.line(`${path}: ${(bytes / 1e6).toFixed(1)} MB, ${type}${rest}`);
    return 0;
  },
};
