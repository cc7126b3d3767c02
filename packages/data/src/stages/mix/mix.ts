// The stage `mix`: gym tasks and files of conversations become token shards, mixed by their share of what is learned. Owns its options
// and phases; rows, their order and a shard's bytes are made by shards/.
//
// plan: how many rows of each source. rows: a task for each shard makes its rows and encodes them. shards: a task for each shard that is
// within the token goal, which cuts the last one. index: index.json.

import { readFileSync } from "node:fs";
import { CONVERSATION_SHARES } from "@lemma/gym";
import { z } from "zod";
import type { Phase, Stage, TaskContext } from "../../pipeline/stage.ts";
import { makePlan, type Plan, planDigest } from "../../shards/plan.ts";
import { shardColumns } from "../../shards/row-shards.ts";
import { type ShardArrays, type ShardNote, shardFiles, shardName } from "../../shards/shard-files.ts";
import { indexOf } from "../../shards/shard-index.ts";
import { loadBpe } from "../../tokenizer/tokenizer-folder.ts";
import { decodeArrays, encodeArrays, tokensIn } from "./arrays-file.ts";
import { pinnedSources, resolvedSources, sourceAsWritten, sourceSchema } from "./sources.ts";

const share = z.number().min(0).max(1);

const options = z.strictObject({
  sources: z
    .array(sourceSchema)
    .nonempty()
    .describe("gym tasks and JSONL files of conversations, each with its share: ordering=2, ./rows.jsonl=1"),
  tokenizer: z.string().describe("folder with tokenizer.json"),
  tokens: z.int().positive().describe("tokens in all, prompts included; reached from below to within a document"),
  seed: z.int().nonnegative().default(1).describe("of the gym's problems and the order of rows"),
  contextLength: z.int().positive().default(1024).describe("tokens; longer conversations are left out and counted"),
  shardTokens: z.int().positive().default(4_000_000).describe("about how many tokens a shard holds"),
  conversations: z
    .strictObject({ system: share, followUp: share, noise: share })
    .default({ ...CONVERSATION_SHARES })
    .describe("shares of the gym's rows with a system prompt, with a question before, with meaningless words in it"),
  pinned: z
    .string()
    .default("")
    .describe("SHA-256 over tokenizer.json, the gym's versions and the files; filled in where left out"),
});

/** What `mix` may be set to. */
export type MixOptions = z.infer<typeof options>;
type Context = TaskContext<MixOptions>;

const plan: Phase<MixOptions> = {
  name: "plan",
  tasks: () => 1,
  run({ plan: { options }, put }) {
    const { tokenizer: folder, seed, tokens, contextLength, shardTokens } = options;
    const { sources, tokenizer } = resolvedSources(options);
    const made = makePlan(sources, { tokenizer, seed, tokens, contextLength, shardTokens }, loadBpe(folder));
    put(".plan", "plan.json", JSON.stringify(made));
    return {};
  },
};

/** The plan that the first phase made. */
function planned({ files }: Pick<Context, "files">): Plan {
  const [file] = files("plan", ".plan");
  return JSON.parse(readFileSync(file!.path, "utf8")) as Plan;
}

const rows: Phase<MixOptions> = {
  name: "rows",
  tasks: (context) => planned(context).shards,
  run(context) {
    const { task, put, progress, plan } = context;
    const made = shardColumns(planned(context), plan.options.tokenizer, task, progress).arrays();
    put(".rows", "rows", encodeArrays(made), made.offsets.length - 1);
    return { rows: made.offsets.length - 1, tokens: made.tokens.length };
  },
};

/** The tokens of each shard of the phase before, and how many shards the goal has room for. */
function layoutOf({ files }: Pick<Context, "files">, goal: number) {
  const made = files("rows", ".rows");
  const before: number[] = [0];
  for (const { path } of made) before.push(before.at(-1)! + tokensIn(path));
  return { made, before, kept: before.findLastIndex((tokens, i) => i < made.length && tokens < goal) + 1 };
}

const shards: Phase<MixOptions> = {
  name: "shards",
  tasks: (context) => layoutOf(context, context.plan.options.tokens).kept,
  run({ plan: { options }, task, files, put, putAt }) {
    const { made, before } = layoutOf({ files }, options.tokens);
    const arrays = cutAt(decodeArrays(made[task]!.path), options.tokens - before[task]!);
    const shard = shardFiles(shardName(task), arrays);
    if (arrays.offsets.length === 1) return {}; // its first document is beyond the goal
    for (const [name, bytes] of shard.files) putAt("shards", `shards/${name}`, bytes);
    const { entry, groups } = shard;
    put(".note", "json", JSON.stringify({ entry, groups } satisfies ShardNote));
    return { shards: 1, documents: entry.documents, loss_tokens: entry.lossTokens, skipped: entry.skipped };
  },
};

/** The documents that end within `room` tokens. The order is shuffled, so a cut tail leaves the mixture as it is. */
function cutAt(arrays: ShardArrays, room: number): ShardArrays {
  const documents = arrays.offsets.findLastIndex((offset) => offset <= room);
  const length = arrays.offsets[documents]!;
  return {
    ...arrays,
    tokens: arrays.tokens.subarray(0, length),
    loss: arrays.loss.subarray(0, length),
    offsets: arrays.offsets.slice(0, documents + 1),
    origin: arrays.origin.slice(0, 2 * documents),
    weights: arrays.weights.slice(0, documents),
  };
}

const index: Phase<MixOptions> = {
  name: "index",
  tasks: () => 1,
  run(context) {
    const { sources, tokens, seed, contextLength, conversations } = context.plan.options;
    const made = planned(context);
    const notes = context
      .files("shards", ".note")
      .map(({ path }) => JSON.parse(readFileSync(path, "utf8")) as ShardNote);
    const written = indexOf(notes, {
      plan: planDigest(made),
      tokenizer: made.tokenizer,
      seed,
      recipe: { sources: sources.map(sourceAsWritten), tokens, seed, contextLength, conversations },
      groups: made.sources.flatMap((source) => source.groups),
    });
    context.putAt("shards", "shards/index.json", `${JSON.stringify(written, null, 1)}\n`);
    return {};
  },
};

/** Writes token shards of a mixture. */
export const mix: Stage<MixOptions> = {
  name: "mix",
  version: "1",
  summary: "Write token shards of gym tasks and conversations, mixed by shares",
  about:
    "Makes the rows of gym tasks and reads JSONL files of conversations, mixes them by their share of loss-bearing tokens in a seeded order\n" +
    "and writes NumPy shards with an index.json (folder shards/ of the stage): the training data of `lemma train`. An example's origin is\n" +
    "its group (task, level, language, cell, seed) and its index there, from which the row can be made again.",
  example: {
    line: "lemma data mix --sources ordering=2,./mine.jsonl=1 --tokens 2000000 --tokenizer models/tokenizer --out run/01-mix",
    shows: "two thirds ordering, a third your own rows; `lemma data inspect run/01-mix/shards` looks into them",
  },
  reads: "nothing",
  options,
  resolve: pinnedSources,
  identity: ({ tokenizer: _, sources, ...rest }) => ({ ...rest, sources: sources.map(sourceAsWritten) }),
  phases: [plan, rows, shards, index],
};
