// `lemma data inspect`: what a shard folder holds, and whether its files are whole.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeNpy, loadBpe, type ShardIndex, tokenizerHash, verifyShards } from "@lemma/data";
import { LemmaError } from "@lemma/protocol";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";
import { repositoryPath } from "../places.ts";
import { table } from "../table.ts";

export const dataInspect: Command = {
  name: "data inspect",
  summary: "Check a shard folder's digests and show what it holds",
  arguments: "FOLDER",
  positionals: 1,
  about:
    "Compares every file with its digest, then prints tokens by group. With --show N the first N documents are printed as\n" +
    "text, what is not learned dimmed.",
  flags: {
    show: { help: "print the first N documents", value: "N", kind: "count" },
    tokenizer: { help: "folder with tokenizer.json, for --show (default models/tokenizer)", value: "FOLDER" },
    json: { help: "print the index as JSON" },
  },
  examples: [{ line: "lemma data inspect shards --show 2", shows: "the table of groups, then two documents" }],
  async run({ flags, positionals, terminal }) {
    const [folder] = positionals;
    if (folder === undefined) throw new UsageError("a folder is needed");
    const index = await verifyShards(folder);
    if (flags.on("json")) terminal.json(index);
    else {
      const rows = index.groups.map((group) =>
        [group.task, group.cell, group.language, group.level, group.documents, group.tokens, group.lossTokens].map(
          (value) => String(value ?? "–"),
        ),
      );
      terminal.write(table(["task", "cell", "language", "level", "documents", "tokens", "learned"], rows, [4, 5, 6]));
      terminal.line(
        `${index.documents} documents, ${index.tokens} tokens, longest ${index.longest}; all digests agree`,
      );
    }
    const tokenizer = flags.text("tokenizer") ?? repositoryPath("models", "tokenizer");
    for (const [prompt, learned] of documents(folder, index, tokenizer, flags.number("show") ?? 0)) {
      terminal.line(`${terminal.style("dim", prompt)}${learned}`);
    }
    return 0;
  },
};

/** The first documents as text, cut where learning begins. */
function* documents(folder: string, index: ShardIndex, tokenizer: string, count: number): Generator<[string, string]> {
  if (count === 0) return;
  const found = tokenizerHash(tokenizer);
  if (found !== index.tokenizer.sha256) {
    const problem = `the shards were written with another tokenizer (${index.tokenizer.sha256.slice(0, 16)}…, this is ${found.slice(0, 16)}…)`;
    throw new LemmaError("LEMMA_E_FILE", { path: tokenizer, problem });
  }
  const bpe = loadBpe(tokenizer);
  for (const { name } of index.shards) {
    const read = (column: string) => {
      const path = join(folder, `${name}.${column}.npy`);
      return decodeNpy(readFileSync(path), path).array as Uint16Array;
    };
    const [tokens, loss] = [read("tokens"), read("loss")];
    const offsets = Array.from(read("documents"), Number);
    for (let i = 0; i + 1 < offsets.length; i++) {
      if (count-- === 0) return;
      const [start, end] = [offsets[i]!, offsets[i + 1]!];
      const first = start + loss.subarray(start, end).indexOf(1);
      yield [bpe.decode(tokens.subarray(start, first)), bpe.decode(tokens.subarray(first, end))];
    }
  }
}
