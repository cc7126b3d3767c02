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
    "split-size": { help: "parts of at most this size, named NAME-00001-of-0000N.gguf", value: "500M|2G" },
    json: { help: "print {path, parts, bytes, type, skipped}; path is the first part's" },
  },
  examples: [
    { line: "lemma convert models/lemma-s", shows: "models/lemma-s/lemma-s.gguf" },
    { line: "lemma convert ./my-model --type F16 --out my-model-f16.gguf", shows: "the same in 16 bits" },
    { line: "lemma convert ./big-model --split-size 2G", shows: "big-model-00001-of-00004.gguf, in 4 parts" },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [folder] = positionals;
    if (folder === undefined) throw new UsageError("a model folder is needed");
    const type = flags.choice("type", CONVERT_TYPES) ?? "Q8_0";
    const out = flags.text("out");
    const splitSize = flags.text("split-size");
    const made = await convertModel({
      folder,
      type,
      ...(out === undefined ? {} : { out }),
      ...(splitSize === undefined ? {} : { splitBytes: bytesOf(splitSize) }),
      signal,
      onProgress: (done, total, tensor) =>
        terminal.progress(`${Math.floor((100 * done) / total)} % of ${(total / 1e6).toFixed(1)} MB, ${tensor}`),
    });
    terminal.clearProgress();
    const { path, bytes, skipped } = made;
    const parts = made.parts > 1 ? ` in ${made.parts} parts` : "";
    const rest = skipped === 0 ? "" : `; ${skipped} tensors that predict further tokens left out`;
    if (flags.on("json")) terminal.json({ path, parts: made.parts, bytes, type, skipped });
    else terminal.line(`${path}: ${(bytes / 1e6).toFixed(1)} MB${parts}, ${type}${rest}`);
    return 0;
  },
};

/** "500M" as bytes; M is 10^6, G is 10^9. */
function bytesOf(size: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([MG])$/.exec(size) ?? [];
  const bytes = Number(number) * (unit === "G" ? 1e9 : 1e6);
  if (!(bytes > 0))
    throw new UsageError(`--split-size: expected a size like 500M or 2G, found ${JSON.stringify(size)}`);
  return bytes;
}
