// The stage `tokenize`: documents become token shards that the trainer reads. Owns the shuffle and the cut into shards.
//
// encode: a task for each input file. pack: documents in one seeded order, cut into shards of about equal tokens. index: index.json.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadTokenizer } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import { readDocuments } from "../../documents/document-file.ts";
import type { InputFile, Phase, Stage, TaskContext } from "../../pipeline/stage.ts";
import type { RowGroup } from "../../shards/data-source.ts";
import { sfc32, shuffleInPlace } from "../../shards/seeded-shuffle.ts";
import { ShardColumns, type ShardNote, shardFiles, shardName } from "../../shards/shard-files.ts";
import { indexOf } from "../../shards/shard-index.ts";
import { tokenizerHash } from "../../tokenizer/tokenizer-folder.ts";
import { ColumnsFile, type EncodedDocument, encodeColumns } from "./columns-file.ts";
import { chatTokenizer, encodeDocument } from "./encode.ts";

const options = z.strictObject({
  tokenizer: z.string().describe("folder with tokenizer.json"),
  contextLength: z
    .int()
    .positive()
    .default(1024)
    .describe("tokens; text is cut there, longer conversations are left out"),
  seed: z.int().nonnegative().default(1).describe("of the order of documents"),
  shardTokens: z.int().positive().default(4_000_000).describe("about how many tokens a shard holds"),
  tokenizerHash: z.string().default("").describe("SHA-256 that tokenizer.json must have; filled in where left out"),
});

type TokenizeOptions = z.infer<typeof options>;
type Context = TaskContext<TokenizeOptions>;

const encode: Phase<TokenizeOptions> = {
  name: "encode",
  tasks: ({ plan }) => plan.inputs.length,
  async run({ plan, task, put, progress }) {
    const { tokenizer: folder, contextLength } = plan.options;
    const tokenizer = chatTokenizer(await loadTokenizer({ folder }));
    const encoded: EncodedDocument[] = [];
    const counts = { documents: 0, skipped: 0, tokens: 0 };
    for (const [number, document] of readDocuments(plan.inputs[task]!.path).entries()) {
      const { documents, skipped } = encodeDocument(document, tokenizer, contextLength);
      counts.skipped += skipped;
      counts.documents += documents.length;
      for (const one of documents) {
        encoded.push({ ...one, number });
        counts.tokens += one.tokens.length;
      }
      progress(counts.documents);
    }
    put(".columns", "columns", encodeColumns(encoded), encoded.length);
    return counts;
  },
};

/** The order of all documents, and the first one of each shard and one more. */
interface Layout {
  files: ColumnsFile[];
  /** The number of each file's first document. */
  firsts: number[];
  order: Uint32Array;
  cuts: number[];
}

function layoutOf({ plan, files }: Pick<Context, "plan" | "files">): Layout & Disposable {
  const opened = files("encode", ".columns").map(({ path }) => new ColumnsFile(path));
  const firsts: number[] = [];
  let total = 0;
  for (const file of opened) {
    firsts.push(total);
    total += file.lengths.length;
  }
  const lengths = new Uint32Array(total);
  for (const [i, file] of opened.entries()) lengths.set(file.lengths, firsts[i]!);
  const order = Uint32Array.from({ length: total }, (_, i) => i);
  shuffleInPlace(order, sfc32(plan.options.seed, "documents"));
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const shards = total === 0 ? 0 : Math.max(1, Math.ceil(tokens / plan.options.shardTokens));
  const cuts = [0];
  let sum = 0;
  for (const [i, document] of order.entries()) {
    sum += lengths[document]!;
    if (cuts.length < shards && sum >= (tokens * cuts.length) / shards) cuts.push(i + 1);
  }
  if (total > 0) cuts.push(total);
  const close = (): void => {
    for (const file of opened) file[Symbol.dispose]();
  };
  return { files: opened, firsts, order, cuts, [Symbol.dispose]: close };
}

const pack: Phase<TokenizeOptions> = {
  name: "shards",
  tasks(context) {
    using layout = layoutOf(context);
    return layout.cuts.length - 1;
  },
  async run({ plan, task, files, put, putAt }) {
    using layout = layoutOf({ plan, files });
    const { vocabularySize } = await loadTokenizer({ folder: plan.options.tokenizer });
    const columns = new ShardColumns(vocabularySize > 65_536);
    for (const document of layout.order.subarray(layout.cuts[task], layout.cuts[task + 1])) {
      const file = layout.firsts.findLastIndex((first) => first <= document);
      const { tokens, learned, number, weight } = layout.files[file]!.document(document - layout.firsts[file]!);
      columns.add(tokens, learned, file, number, weight);
    }
    const shard = shardFiles(shardName(task), columns.arrays());
    for (const [name, bytes] of shard.files) putAt("shards", `shards/${name}`, bytes);
    put(".note", "json", JSON.stringify({ entry: shard.entry, groups: shard.groups } satisfies ShardNote));
    return { shards: 1, loss_tokens: shard.entry.lossTokens };
  },
};

const index: Phase<TokenizeOptions> = {
  name: "index",
  tasks: () => 1,
  async run(context) {
    const notes = context
      .files("shards", ".note")
      .map(({ path }) => JSON.parse(readFileSync(path, "utf8")) as ShardNote);
    const { vocabularySize } = await loadTokenizer({ folder: context.plan.options.tokenizer });
    const { tokenizerHash: sha256, contextLength, seed, shardTokens } = context.plan.options;
    const written = indexOf(notes, {
      plan: context.plan.digest,
      tokenizer: { sha256, size: vocabularySize },
      seed,
      recipe: { contextLength, seed, shardTokens },
      groups: context.plan.inputs.map((input) => groupOf(input, seed)),
    });
    context.putAt("shards", "shards/index.json", `${JSON.stringify(written, null, 1)}\n`);
    return {};
  },
};

/** An example's group is the number of its input file. */
const groupOf = ({ name, sha256 }: InputFile, seed: number): RowGroup => ({
  task: name,
  cell: null,
  language: null,
  level: null,
  phrasing: null,
  split: null,
  generator: "documents",
  version: sha256,
  seed,
});

/** Writes token shards. */
export const tokenize: Stage<TokenizeOptions> = {
  name: "tokenize",
  version: "2",
  summary: "Write token shards that the trainer reads",
  about:
    "Encodes documents with the engine's own tokenizer, shuffles them with a seed and writes NumPy shards with an index.json (folder\n" +
    "shards/ of the stage). Conversations are written as the model will see them, a training document for each assistant turn; text is\n" +
    "cut at the context's length. An example's origin is the input file and its document's number there.",
  example: {
    line: "lemma data tokenize --in run/05-decontaminate --out run/06-tokenize --tokenizer models/tokenizer",
    shows: "documents, tokens and shards; `lemma data inspect run/06-tokenize/shards` looks into them",
  },
  reads: "documents",
  options,
  resolve(given, base) {
    const tokenizer = resolve(base, given.tokenizer);
    const found = tokenizerHash(tokenizer);
    if (given.tokenizerHash !== "" && given.tokenizerHash !== found)
      throw new LemmaError("LEMMA_E_OPTION", { option: "tokenizerHash", expected: given.tokenizerHash, found });
    return { ...given, tokenizer, tokenizerHash: found };
  },
  identity: ({ tokenizer: _, ...rest }) => rest,
  phases: [encode, pack, index],
};
