// Held-out shards for the teacher-forced exact-trace check: a fixed number of distinct problems for each cell, language
// and level. Owns their choice; one shard, in group order, in the same format as training shards, and `rows.jsonl` with
// the same documents, one `{"tokens","loss","task","cell","language","level"}` a line.

import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { familyById, generateWithCells } from "@lemma/gym";
import type { Language } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { putFile } from "../put-file.ts";
import { loadBpe, tokenizerHash } from "../tokenizer/tokenizer-folder.ts";
import type { RowGroup } from "./data-source.ts";
import { documentsOf } from "./document.ts";
import { ShardColumns, shardFiles } from "./shard-files.ts";
import { indexOf, type ShardIndex } from "./shard-index.ts";

export interface WriteEvaluationOptions {
  tasks: readonly string[];
  tokenizer: string;
  out: string;
  seed: number;
  /** Documents for each cell, language and level; fewer where fewer distinct problems exist. Default 64. */
  perCell?: number;
  /** Default: each family's default level. */
  levels?: readonly number[];
  languages?: readonly Language[];
  phrasing?: "trained" | "heldout";
  /** Default "heldout". */
  split?: "train" | "heldout";
  contextLength?: number;
}

/**
 * Writes the folder and returns its index. Throws LEMMA_E_TASK, LEMMA_E_OPTION, LEMMA_E_FILE.
 * @example await writeEvaluationShards({ tasks: ["multiplication"], tokenizer: "models/tokenizer", out: "check", seed: 1 });
 */
export async function writeEvaluationShards(options: WriteEvaluationOptions): Promise<ShardIndex> {
  const { tasks, seed, perCell = 64, phrasing = "trained", split = "heldout", contextLength = 1024 } = options;
  const bpe = loadBpe(options.tokenizer);
  const columns = new ShardColumns(bpe.size > 65_536);
  const groups: RowGroup[] = [];
  const lines: string[] = [];
  for (const task of tasks) {
    const family = familyById(task);
    for (const level of options.levels ?? [family.defaultLevel]) {
      for (const language of options.languages ?? (["en", "zh"] as const)) {
        for (const cell of family.cells(level)) {
          const group = { task, cell, language, level, phrasing, split, seed, count: perCell, distinct: true };
          for (const { row } of generateWithCells(group)) {
            for (const { tokens, learned } of documentsOf(row.messages, bpe)) {
              if (tokens.length > contextLength) {
                columns.skipped++;
                continue;
              }
              columns.add(tokens, learned, groups.length, row.source.index);
              const loss = tokens.map((_, at) => (at >= tokens.length - learned ? 1 : 0));
              lines.push(`${JSON.stringify({ tokens, loss, task, cell, language, level })}\n`);
            }
          }
          const { count: _, distinct: __, ...kept } = group;
          groups.push({ ...kept, generator: "lemma-gym", version: family.version });
        }
      }
    }
  }
  const folder = resolve(options.out);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "index.json"), { force: true });
  const { out: _, tokenizer: __, ...recipe } = options;
  const tokenizer = { sha256: tokenizerHash(options.tokenizer), size: bpe.size };
  const plan = sha256Of(JSON.stringify({ recipe, groups, tokenizer }));
  const { files, entry, groups: counted } = shardFiles("00000", columns.arrays());
  for (const [name, bytes] of files) putFile(join(folder, name), bytes);
  const index = indexOf([{ entry, groups: counted }], { plan, tokenizer, seed, recipe: { ...recipe }, groups });
  putFile(join(folder, "rows.jsonl"), lines.join(""));
  putFile(join(folder, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  return index;
}
