// `lemma models`: the models that can be named by id, with what their files say.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { modelFolders, resolveModel } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { Command } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";
import { table } from "../table.ts";

interface ModelEntry {
  model: string;
  path: string;
  bytes: number;
  architecture: string | null;
  contextLength: number | null;
  families: string[];
}

export const models: Command = {
  name: "models",
  summary: SUMMARIES.models,
  about:
    "Looks into models/ and $LEMMA_HOME/models/ (default ~/.lemma/models). A model is a folder with <id>.gguf; config.json\n" +
    "beside it tells architecture, context length and the families it was trained on.",
  flags: { json: { help: "one JSON object a model" } },
  examples: [{ line: "lemma models", shows: "lemma-s  qwen3  1024  1.7 MB  …/models/lemma-s/lemma-s.gguf" }],
  async run({ flags, terminal }) {
    const entries = new Map<string, ModelEntry>();
    for (const folder of modelFolders()) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder).sort()) {
        const entry = describe(join(folder, name));
        if (entry !== undefined && !entries.has(entry.model)) entries.set(entry.model, entry);
      }
    }
    if (flags.on("json")) for (const entry of entries.values()) terminal.json(entry);
    else if (entries.size === 0) terminal.note(`no models in ${modelFolders().join(", ")}`);
    else {
      const rows = [...entries.values()].map(({ model, architecture, contextLength, bytes, path }) => [
        model,
        architecture ?? "–",
        String(contextLength ?? "–"),
        `${(bytes / 1e6).toFixed(1)} MB`,
        path,
      ]);
      terminal.write(table(["model", "architecture", "context", "size", "file"], rows, [2, 3]));
    }
    return 0;
  },
};

function describe(folder: string): ModelEntry | undefined {
  if (!statSync(folder).isDirectory()) return undefined;
  try {
    const { id, path } = resolveModel(folder);
    const config = readConfig(folder);
    return {
      model: id,
      path,
      bytes: statSync(path).size,
      architecture: config.model_type ?? null,
      contextLength: config.max_position_embeddings ?? null,
      families: config.lemma?.families ?? [],
    };
  } catch (error) {
    // A folder without a GGUF file (such as models/tokenizer) is no model.
    if (LemmaError.isInstance(error)) return undefined;
    throw error;
  }
}

/** What this room reads of a model folder's config.json; empty where there is none. */
export function readConfig(folder: string): {
  model_type?: string;
  max_position_embeddings?: number;
  lemma?: { families?: string[] };
} {
  const path = join(folder, "config.json");
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
}
