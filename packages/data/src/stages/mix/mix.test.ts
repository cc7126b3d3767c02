// The stage mix and its shard folders: the format as NumPy reads it, the loss mask, shares, determinism over workers and interruptions, errors.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, test } from "node:test";
import { CONVERSATION_SHARES, converse, generateRow } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../../digest.ts";
import { explainDocument } from "../../explain/explain-document.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage, type StageProgress } from "../../pipeline/run-stage.ts";
import { documentsOf } from "../../shards/document.ts";
import { parseRows } from "../../shards/file-source.ts";
import { decodeNpy, encodeNpy } from "../../shards/npy.ts";
import { type ShardIndex, verifyShards } from "../../shards/shard-index.ts";
import { buildTokenizer, serialise } from "../../tokenizer/build-tokenizer.ts";
import { loadBpe } from "../../tokenizer/tokenizer-folder.ts";
import { mix } from "./mix.ts";

const root = mkdtempSync(join(tmpdir(), "lemma-shards-"));
after(() => rmSync(root, { recursive: true, force: true }));
const tokenizer = join(root, "tokenizer");
mkdirSync(tokenizer);
writeFileSync(
  join(tokenizer, "tokenizer.json"),
  serialise(buildTokenizer({ words: {}, han: {}, characters: {}, protectedPairs: [], identifiers: [] }, 320)),
);

const rowsFile = (name: string, count: number, answer: (i: number) => string): string => {
  const path = join(root, name);
  const rows = Array.from({ length: count }, (_, i) => ({
    messages: [
      { role: "user", content: `${name} ${i}?` },
      { role: "assistant", content: answer(i), reasoning_content: `${i}+1=${i + 1}` },
    ],
  }));
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join("\n"));
  return path;
};
const short = rowsFile("short", 300, (i) => `\\boxed{${i + 1}}`);
const long = rowsFile("long", 300, (i) => `${"x".repeat(40 + (i % 7))} \\boxed{${i + 1}}`);

const settings = {
  sources: [
    { file: short, share: 3 },
    { file: long, share: 1 },
  ],
  tokenizer,
  seed: 5,
  tokens: 100_000,
  shardTokens: 30_000,
};

interface Run {
  workers?: number;
  signal?: AbortSignal;
  onProgress?: (progress: StageProgress) => void;
}

/** Runs the stage into a folder and reads the index of its shards. */
async function write(out: string, options: object = {}, { workers = 2, ...run }: Run = {}): Promise<ShardIndex> {
  await using executor = new LocalExecutor(workers);
  await runStage(mix, { options: { ...settings, ...options }, folder: join(root, out), executor, ...run });
  return await verifyShards(join(root, out, "shards"));
}

const files = (index: ShardIndex) => index.shards.map((shard) => shard.files);

test("npy files: NumPy's header, any shape, damage is named", () => {
  const bytes = encodeNpy(Int32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  assert.equal(bytes.length, 128 + 24);
  assert.match(
    Buffer.from(bytes).toString("latin1", 10, 128),
    /^\{'descr': '<i4', 'fortran_order': False, 'shape': \(3, 2\), \} +\n$/,
  );
  assert.deepEqual(decodeNpy(bytes, "x"), { array: Int32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });
  assert.deepEqual(decodeNpy(encodeNpy(BigInt64Array.of(-1n)), "x"), { array: BigInt64Array.of(-1n), shape: [1] });
  assert.throws(() => decodeNpy(bytes.subarray(0, 140), "x"), { code: "LEMMA_E_FILE" });
  assert.throws(() => decodeNpy(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1), "x"), { code: "LEMMA_E_FILE" });
});

test("a document: the chat format, and loss on all that the model must write", () => {
  const bpe = loadBpe(tokenizer);
  const messages = [
    { role: "system", content: "Be <|end|> brief." },
    { role: "user", content: "2+2?" },
    { role: "assistant", content: "\\boxed{4}", reasoning_content: "2+2=4" },
    { role: "user", content: "+1?" },
    { role: "assistant", content: "\\boxed{5}", reasoning_content: "4+1=5" },
  ] as const;
  const documents = documentsOf(messages, bpe);
  const text = documents.map(({ tokens }) => bpe.decode(tokens));
  assert.deepEqual(text, [
    "<|system|>Be <|end|> brief.<|user|>2+2?<|assistant|><think>2+2=4</think>\\boxed{4}<|end|>",
    "<|system|>Be <|end|> brief.<|user|>2+2?<|assistant|>\\boxed{4}<|end|><|user|>+1?<|assistant|><think>4+1=5</think>\\boxed{5}<|end|>",
  ]);
  assert.deepEqual(
    documents.map(({ tokens, learned }) => bpe.decode(tokens.slice(-learned))),
    ["2+2=4</think>\\boxed{4}<|end|>", "4+1=5</think>\\boxed{5}<|end|>"],
  );
  // The only <|end|> tokens are the template's own: the one that the system prompt spells stays text.
  assert.equal(documents[1]!.tokens.filter((id) => id === bpe.id("<|end|>")).length, 2);
  const masked = messages.map((message, i) => (i === 2 ? { ...message, weight: 0 } : message));
  assert.deepEqual(documentsOf(masked, bpe), [documents[1]]);
});

test("shards: digests, counts, shares of loss tokens, the token goal reached from below", async () => {
  const progress: number[] = [];
  const index = await write(
    "a",
    {},
    {
      onProgress: ({ phase, counts, inProgress }) => {
        if (phase === "rows") progress.push((counts.tokens ?? 0) + inProgress);
      },
    },
  );
  assert.ok(index.tokens <= 100_000 && index.tokens > 100_000 - index.longest, `${index.tokens}`);
  assert.equal(index.shards.length, 4);
  assert.equal(
    index.groups.reduce((sum, group) => sum + group.tokens, 0),
    index.tokens,
  );
  const share = index.groups[0]!.lossTokens / index.lossTokens;
  assert.ok(Math.abs(share - 0.75) < 0.01, `${share}`);
  assert.ok(progress.at(-1)! >= index.tokens);
  const leftover = readdirSync(join(root, "a", "shards")).filter(
    (file) => !/^(\d{5}\.(?:\w+\.npy|json|done\.json)|index\.json)$/.test(file),
  );
  assert.deepEqual(leftover, []);
});

test("a shard's arrays agree: offsets, mask and origin lead back to the row", async () => {
  const folder = join(root, "a", "shards");
  const read = (name: string) => decodeNpy(readFileSync(join(folder, name)), name).array;
  const tokens = read("00001.tokens.npy") as Uint16Array;
  const offsets = Array.from(read("00001.documents.npy"), Number);
  const loss = read("00001.loss.npy") as Uint8Array;
  const origin = read("00001.origin.npy") as Int32Array;
  assert.ok(tokens instanceof Uint16Array);
  const bpe = loadBpe(tokenizer);
  for (const i of [0, 7, offsets.length - 2]) {
    const [start, end] = [offsets[i]!, offsets[i + 1]!];
    const [group, line] = [origin[2 * i]!, origin[2 * i + 1]!];
    const row = parseRows(readFileSync(group === 0 ? short : long, "utf8"), "rows")[line]!;
    const [document] = documentsOf(row.messages, bpe);
    assert.deepEqual([...tokens.subarray(start, end)], document!.tokens);
    const mask = Array.from(document!.tokens, (_, at) => (at >= document!.tokens.length - document!.learned ? 1 : 0));
    assert.deepEqual([...loss.subarray(start, end)], mask);
  }
});

test("the same bytes with one worker, with three, in another place, and after an interruption", async () => {
  const reference = files(await write("a"));
  assert.deepEqual(files(await write("b", {}, { workers: 1 })), reference);
  const elsewhere = join(root, "elsewhere");
  cpSync(tokenizer, join(elsewhere, "tokenizer"), { recursive: true });
  const moved = settings.sources.map(({ file, share }) => {
    cpSync(file, join(elsewhere, basename(file)));
    return { file: join(elsewhere, basename(file)), name: file, share };
  });
  const other = { sources: moved, tokenizer: join(elsewhere, "tokenizer") };
  assert.deepEqual(files(await write("c", other, { workers: 3 })), reference);
  assert.deepEqual(
    readFileSync(join(root, "c", "shards", "index.json")),
    readFileSync(join(root, "a", "shards", "index.json")),
  );
  const stop = new AbortController();
  const onProgress = ({ phase, done }: StageProgress) => {
    if (phase === "rows" && done > 0) stop.abort(new LemmaError("LEMMA_E_ABORTED"));
  };
  await assert.rejects(write("d", {}, { workers: 1, signal: stop.signal, onProgress }), { code: "LEMMA_E_ABORTED" });
  assert.equal(existsSync(join(root, "d", "shards", "index.json")), false);
  assert.deepEqual(files(await write("d")), reference);
  assert.notDeepEqual(files(await write("d", { seed: 6 })), reference);
});

test("NumPy reads the files", { skip: !hasNumpy() && "python3 has no numpy" }, () => {
  const script =
    "import numpy,sys;d=sys.argv[1]+'/00000.';t,l,o,g=[numpy.load(d+n+'.npy') for n in ('tokens','loss','documents','origin')];" +
    "print(t.dtype,l.dtype,o.dtype,g.dtype,len(t)==len(l)==o[-1],g.shape==(len(o)-1,2))";
  const said = execFileSync("python3", ["-c", script, join(root, "a", "shards")], { encoding: "utf8" });
  assert.equal(said.trim(), "uint16 uint8 int64 int32 True True");
});

test("documents beyond the context are left out and counted", async () => {
  const index = await write("e", { tokens: 20_000, contextLength: 68 });
  assert.ok(index.skipped > 0);
  assert.ok(index.longest <= 68);
  await assert.rejects(write("e", { contextLength: 10 }), { code: "LEMMA_E_OPTION" });
});

test("bad rows are named by line", () => {
  const cases: [string, number, RegExp][] = [
    ['{"messages":[{"role":"user","content":"a"}]}', 1, /no assistant turn/],
    ['{"messages":[{"role":"assistant","content":"a"}]}\n\n{"messages":', 3, /not valid JSON/],
    ['\n{"messages":[{"role":"bot","content":"a"}]}', 2, /messages\[0\]\.role: expected system/],
    ['{"messages":[{"role":"assistant","content":7}]}', 1, /content: expected a string, found 7/],
    ['{"messages":[{"role":"assistant","content":" "}]}', 1, /empty/],
    ['{"messages":[{"role":"assistant","content":"a","weight":-2}]}', 1, /weight/],
    ["[]", 1, /list `messages`/],
    ["", 1, /no rows/],
  ];
  for (const [text, line, problem] of cases) {
    assert.throws(
      () => parseRows(text, "rows.jsonl"),
      (error: Error & { code: string }) => {
        assert.equal(error.code, "LEMMA_E_DATA");
        assert.ok(error.message.startsWith(`rows.jsonl:${line}: `), error.message);
        assert.match(error.message, problem);
        return true;
      },
    );
  }
  assert.equal(parseRows('\ufeff{"messages":[{"role":"assistant","content":"a"}]}\r\n', "x").length, 1);
});

test("wrong settings are refused before anything is written", async () => {
  const refused = (options: object, code: string) => assert.rejects(write("never", options), { code });
  await refused({ sources: [] }, "LEMMA_E_RECIPE");
  await refused({ tokens: 0 }, "LEMMA_E_RECIPE");
  await refused({ sources: ["ordering=0"] }, "LEMMA_E_OPTION");
  await refused({ sources: ["no-such-task"] }, "LEMMA_E_TASK");
  await refused({ sources: [{ gym: "ordering", levels: [99] }] }, "LEMMA_E_OPTION");
  await refused({ sources: [join(root, "none.jsonl")] }, "LEMMA_E_FILE");
  await refused({ tokenizer: root }, "LEMMA_E_FILE");
  await refused({ pinned: "00" }, "LEMMA_E_OPTION");
  assert.equal(readdirSync(root).includes("never"), false);
});

// The bytes that the trainer's own writer made of this mixture before there was the stage: shares, splits, noise and order must not
// change behind a model's back. Where the gym changes a family of it, these change with it: make sure of nothing else, and renew them.
const FORMER = "85a421f91aa01a9ba0a9be8b22834a1d06a0a74e4be8d8cd402ce1272f031055";

test("the mixture of a training is, byte for byte, what it was", async () => {
  const index = await write("gym", {
    sources: ["ordering=2", { gym: "multiplication", share: 1, levels: [1, 2] }, "linear-equations"],
    tokenizer: resolve(import.meta.dirname, "../../../../../models/tokenizer"),
    seed: 1,
    tokens: 200_000,
    shardTokens: 60_000,
  });
  assert.equal(sha256Of(JSON.stringify(index.shards)), FORMER);
});

test("an example is traced to its row: of the gym, and of a file", async () => {
  const run = join(root, "run");
  const sources = [
    { gym: "multiplication", share: 1, levels: [2, 1] as [number, number] },
    { file: short, share: 1 },
  ];
  const index = await write("run/01-mix", { sources, tokens: 20_000 });
  const bpe = loadBpe(tokenizer);
  const kinds = new Set<string>();
  for (let number = 0; number < 40; number++) {
    const { steps, examples, source } = await explainDocument(run, `00000:${number}`);
    const { start, end } = examples[0]!;
    const tokens = decodeNpy(readFileSync(join(run, "01-mix", "shards", "00000.tokens.npy")), "tokens").array;
    const [entry] = steps[0]!.entries;
    kinds.add(source.format);
    const messages =
      source.format === "file"
        ? parseRows(readFileSync(short, "utf8"), short)[Number(entry!.line) - 1]!.messages
        : converse(generateRow(entry as never), CONVERSATION_SHARES, ["multiplication"]);
    const made = documentsOf(messages, bpe).map((document) => document.tokens);
    assert.ok(
      made.some((one) => one.join() === tokens.subarray(start, end).join()),
      `example ${number}`,
    );
  }
  assert.deepEqual([...kinds].sort(), ["file", "lemma-gym"]);
  await assert.rejects(explainDocument(run, `00000:${index.documents}`), { code: "LEMMA_E_OPTION" });
});

function hasNumpy(): boolean {
  try {
    execFileSync("python3", ["-c", "import numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
