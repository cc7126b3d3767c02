// Token shards from rows and gym tasks: a run of the data pipeline with the one stage `mix`. Owns the recipe of that run and its line of
// progress; what a shard holds is @lemma/data's.

import path from "node:path";
import { type DataSource, LocalExecutor, readShardIndex, runRecipe, type ShardIndex } from "@lemma/data";

export interface MixOptions {
  /** The file that asks for the shards: files of `sources` are told relative to its folder. */
  recipe: string;
  name: string;
  sources: DataSource[];
  tokenizer: string;
  tokens: number;
  seed: number;
  contextLength: number;
  /** Folder of the pipeline run; the shards lie in `01-mix/shards` inside it. */
  out: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((line: string) => void) | undefined;
}

/**
 * Makes the shards, going on where an interrupted run was; what is whole already is only read.
 * @throws what the data pipeline throws, LEMMA_E_ABORTED among it
 */
export async function mixShards(options: MixOptions): Promise<ShardIndex> {
  const { recipe: file, name, tokenizer, tokens, seed, contextLength, out, signal, onProgress } = options;
  const base = path.dirname(file);
  const sources = options.sources.map((source) =>
    "file" in source ? { ...source, file: path.relative(base, source.file) } : source,
  );
  const recipe = {
    path: file,
    name,
    base,
    stages: [{ name: "mix", options: { sources, tokenizer, tokens, seed, contextLength } }],
  };
  const started = performance.now();
  await using executor = new LocalExecutor();
  await runRecipe(recipe, {
    out,
    executor,
    signal,
    onProgress({ phase, counts, inProgress }) {
      if (phase !== "rows") return;
      const made = (counts.tokens ?? 0) + inProgress;
      const speed = Math.round(made / ((performance.now() - started) / 1000));
      const percent = Math.min(100, (100 * made) / tokens);
      onProgress?.(`data ${percent.toFixed(0)} % | ${speed.toLocaleString("en-US")} tokens/s`);
    },
  });
  return await readShardIndex(path.join(out, "01-mix", "shards"));
}
