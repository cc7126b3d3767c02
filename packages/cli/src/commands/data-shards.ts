// `lemma data shards`: a mixture of gym tasks and files as token shards.

import { type DataSource, writeShards } from "@lemma/data";
import { families } from "@lemma/gym";
import type { Command } from "../command.ts";
import { UsageError } from "../flags.ts";
import { repositoryPath } from "../places.ts";
import { checkTask } from "../task-flags.ts";

export const dataShards: Command = {
  name: "data shards",
  summary: "Write token shards that the trainer reads",
  about:
    "Mixes sources by their share of loss-bearing tokens and writes NumPy files with an index.json. The same flags write\n" +
    "the same bytes, for any number of workers; an interrupted run is continued. A source is a task id or a JSONL file of\n" +
    "rows with `messages`, each with an optional share: `ordering=2`, `./rows.jsonl=1`.",
  flags: {
    source: {
      help: "task id or file, with =SHARE; several with commas (default: all tasks, equal shares)",
      value: "SOURCE",
      many: true,
    },
    tokens: { help: "tokens in all, prompts included (default 1000000)", value: "N", kind: "count" },
    out: { help: "folder to write", value: "FOLDER" },
    seed: { help: "a whole number (default 1)", value: "N", kind: "count" },
    tokenizer: { help: "folder with tokenizer.json (default models/tokenizer)", value: "FOLDER" },
    "context-length": { help: "leave out longer documents (default 1024 tokens)", value: "N", kind: "count" },
    workers: { help: "threads (default: one a core)", value: "N", kind: "count" },
    json: { help: "print the index as JSON" },
  },
  examples: [
    { line: "lemma data shards --out shards --tokens 2000000", shows: "every task, equal shares" },
    {
      line: "lemma data shards --source ordering=2,./mine.jsonl=1 --out shards",
      shows: "two thirds ordering, a third your own rows",
    },
  ],
  async run({ flags, terminal, signal }) {
    const out = flags.text("out");
    if (out === undefined) throw new UsageError("--out is needed: the folder to write");
    const workers = flags.number("workers");
    const contextLength = flags.number("context-length");
    const index = await writeShards({
      sources: (flags.list("source") ?? families().map(({ id }) => id)).map(sourceOf),
      tokenizer: flags.text("tokenizer") ?? repositoryPath("models", "tokenizer"),
      out,
      seed: flags.number("seed") ?? 1,
      tokens: flags.number("tokens") ?? 1_000_000,
      ...(workers === undefined ? {} : { workers }),
      ...(contextLength === undefined ? {} : { contextLength }),
      signal,
      onProgress: ({ tokens, total, tokensPerSecond }) =>
        terminal.progress(
          `${(tokens / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} million tokens, ${Math.round(tokensPerSecond / 1000)} thousand a second`,
        ),
    });
    terminal.clearProgress();
    if (flags.on("json")) terminal.json(index);
    else {
      terminal.line(
        `${out}: ${index.documents} documents, ${index.tokens} tokens, ${index.lossTokens} loss-bearing, ${index.shards.length} shards`,
      );
      if (index.skipped > 0) terminal.line(`${index.skipped} documents left out: longer than the context`);
    }
    return 0;
  },
};

/** `ordering=2` → a gym source; what looks like a path or ends in .jsonl is a file. */
function sourceOf(text: string): DataSource {
  const at = text.lastIndexOf("=");
  const name = at < 0 ? text : text.slice(0, at);
  const share = at < 0 ? 1 : Number(text.slice(at + 1));
  if (!(share > 0)) throw new UsageError(`--source ${text}: expected a share above 0 after =`);
  if (/[/\\]|\.jsonl$/.test(name)) return { file: name, share };
  checkTask(name);
  return { gym: name, share };
}
