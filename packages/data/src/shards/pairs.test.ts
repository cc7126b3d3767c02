// Preference pairs and weights of messages: faults by line, documents in pairs, weights where they differ and only there.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LocalExecutor } from "../pipeline/local-executor.ts";
import { runStage } from "../pipeline/run-stage.ts";
import { mix } from "../stages/mix/mix.ts";
import { buildTokenizer, serialise } from "../tokenizer/build-tokenizer.ts";
import { loadBpe } from "../tokenizer/tokenizer-folder.ts";
import { decodeNpy } from "./npy.ts";
import { parsePairs, writePairs } from "./pairs.ts";
import { verifyShards } from "./shard-index.ts";

const root = mkdtempSync(join(tmpdir(), "lemma-pairs-"));
after(() => rmSync(root, { recursive: true, force: true }));
const tokenizer = join(root, "tokenizer");
mkdirSync(tokenizer);
writeFileSync(
  join(tokenizer, "tokenizer.json"),
  serialise(buildTokenizer({ words: {}, han: {}, characters: {}, protectedPairs: [], identifiers: [] }, 320)),
);
const bpe = loadBpe(tokenizer);
const read = (path: string) => decodeNpy(readFileSync(path), path).array;

const pair = (i: number, more: object = {}): object => ({
  messages: [
    { role: "user", content: "1+1?" },
    { role: "assistant", content: "2", reasoning_content: "1+1=2" },
    { role: "user", content: `${i}+1?` },
  ],
  chosen: { content: `${i + 1}`, reasoning_content: `${i}+1=${i + 1}` },
  rejected: { role: "assistant", content: `${i + 2}` },
  ...more,
});
const put = (name: string, rows: object[]): string => {
  const path = join(root, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
};

test("a pair's documents stand one behind the other; only the replies are learned", async () => {
  const out = join(root, "pairs");
  const options = { file: put("pairs.jsonl", [pair(3), pair(4)]), tokenizer, out, contextLength: 200 };
  const index = writePairs(options);
  assert.deepEqual(await verifyShards(out), index);
  assert.equal(index.documents, 4);
  const [tokens, loss] = [read(join(out, "00000.tokens.npy")), read(join(out, "00000.loss.npy"))] as [
    Uint16Array,
    Uint8Array,
  ];
  const offsets = Array.from(read(join(out, "00000.documents.npy")), Number);
  const texts = offsets.slice(1).map((end, i) => {
    const own = Array.from(tokens.subarray(offsets[i]!, end));
    return [bpe.decode(own), bpe.decode(own.filter((_, at) => loss[offsets[i]! + at] === 1))];
  });
  const prompt = "<|user|>1+1?<|assistant|>2<|end|><|user|>3+1?<|assistant|><think>";
  assert.deepEqual(texts[0], [`${prompt}3+1=4</think>4<|end|>`, "3+1=4</think>4<|end|>"]);
  assert.deepEqual(texts[1], [`${prompt}</think>5<|end|>`, "</think>5<|end|>"]);
  assert.match(texts[2]![0]!, /4\+1\?.*<\/think>5<\|end\|>$/);
  assert.deepEqual(writePairs(options), index, "a finished folder is returned as it is");
  put("pairs.jsonl", [pair(5)]);
  assert.equal(writePairs(options).documents, 2, "another file makes other shards");
});

test("a pair of which one document is too long is left out whole", () => {
  const long = pair(6, { rejected: { content: "9".repeat(300) } });
  const index = writePairs({
    file: put("long.jsonl", [pair(3), long]),
    tokenizer,
    out: join(root, "long"),
    contextLength: 200,
  });
  assert.deepEqual([index.documents, index.skipped], [2, 1]);
  const none = { file: put("none.jsonl", [long]), tokenizer, out: join(root, "none"), contextLength: 200 };
  assert.throws(() => writePairs(none), {
    code: "LEMMA_E_DATA",
    message: /no pair fits into the context of 200 tokens/,
  });
});

const user = { role: "user", content: "?" };
const bad: [what: string, row: unknown, message: RegExp][] = [
  ["no JSON", "{", /not valid JSON/],
  ["a list", [], /expected an object with messages, chosen and rejected/],
  ["no reply", { ...pair(1), chosen: undefined }, /chosen: expected an object with content/],
  ["a text for a reply", pair(1, { rejected: "5" }), /rejected: expected an object with content/],
  [
    "an empty reply",
    pair(1, { rejected: { content: " " } }),
    /rejected\.content: an assistant turn to learn from is empty/,
  ],
  [
    "another role",
    pair(1, { chosen: { role: "user", content: "5" } }),
    /chosen\.role: expected assistant, found "user"/,
  ],
  ["an unknown field", pair(1, { winner: 1 }), /winner: unknown field; known: id, task/],
  ["an unknown field of a reply", pair(1, { chosen: { content: "5", score: 1 } }), /chosen\.score: unknown field/],
  ["equal replies", pair(1, { rejected: { content: "2", reasoning_content: "1+1=2" } }), /there is nothing to prefer/],
  [
    "a prompt that ends with a reply",
    pair(1, { messages: [user, { role: "assistant", content: "5" }] }),
    /at the end, found assistant/,
  ],
  ["a weight in the prompt", pair(1, { messages: [{ ...user, weight: 1 }] }), /messages\[0\]\.weight: expected none/],
];
for (const [what, row, message] of bad) {
  test(`a pair with ${what} is refused with its line`, () => {
    const text = `${JSON.stringify(pair(0))}\n\n${typeof row === "string" ? row : JSON.stringify(row)}\n`;
    assert.throws(
      () => parsePairs(text, "p.jsonl"),
      (error: Error & { code?: string; details?: { line?: number } }) => {
        assert.equal(error.code, "LEMMA_E_DATA");
        assert.equal(error.details?.line, 3);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test("weights of messages stand in the shards where they differ from 1, also in a cut one", async () => {
  const rows = (weights: number[]) =>
    weights.map((weight, i) => ({
      messages: [
        { role: "user", content: `${i}?` },
        { role: "assistant", content: `${i}`, weight },
        { role: "user", content: "?" },
        { role: "assistant", content: "!" },
      ],
    }));
  const write = async (name: string, weights: number[]) => {
    const options = { sources: [{ file: put(name, rows(weights)), share: 1 }], tokenizer, seed: 1, tokens: 600 };
    await using executor = new LocalExecutor();
    return await runStage(mix, { options, folder: join(root, `${name}.out`), executor });
  };
  await write("weighted", [0.5, 2, 0]);
  const out = join(root, "weighted.out", "shards");
  await verifyShards(out);
  const weights = read(join(out, "00000.weights.npy")) as Float32Array;
  const tokens = read(join(out, "00000.tokens.npy")) as Uint16Array;
  const offsets = Array.from(read(join(out, "00000.documents.npy")), Number);
  assert.equal(weights.length, offsets.length - 1);
  const found = new Set<string>();
  for (const [i, weight] of weights.entries()) {
    const text = bpe.decode(Array.from(tokens.subarray(offsets[i]!, offsets[i + 1]!)));
    found.add(`${/<\/think>(.)<\|end\|>$/.exec(text)![1]} ${weight}`);
  }
  assert.deepEqual([...found].sort(), ["! 1", "0 0.5", "1 2"]); // the third turn of weight 0 is not learned
  await write("even", [1, 1]);
  assert.equal(existsSync(join(root, "even.out", "shards", "00000.weights.npy")), false);
  await assert.rejects(write("wrong", [-1]), /messages\[1\]\.weight: expected a number from 0 to 1000/);
});
