// Gym rows in shards: levels and languages in turn, no held-out key in training, rows made again from group and index.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { generateRow, splitOf } from "@lemma/gym";
import { buildTokenizer, serialise } from "../tokenizer/build-tokenizer.ts";
import { loadBpe } from "../tokenizer/tokenizer-folder.ts";
import { resolveSource, rowsOf } from "./data-source.ts";
import { documentsOf } from "./document.ts";
import { decodeNpy } from "./npy.ts";
import { writeEvaluationShards } from "./write-evaluation.ts";

const root = mkdtempSync(join(tmpdir(), "lemma-gym-shards-"));
after(() => rmSync(root, { recursive: true, force: true }));
const tokenizer = join(root, "tokenizer");
mkdirSync(tokenizer);
const empty = { words: {}, han: {}, characters: {}, protectedPairs: [], identifiers: [] };
writeFileSync(join(tokenizer, "tokenizer.json"), serialise(buildTokenizer(empty, 320)));

const context = {
  seed: 3,
  split: "train",
  phrasing: "trained",
  conversations: { system: 0, followUp: 0, noise: 0 },
  tasks: ["addition-subtraction"],
} as const;

test("training rows: every level and language, none held out, each made again from its origin", () => {
  const source = resolveSource({ gym: "addition-subtraction", share: 1, levels: [1, 2] }, context);
  const row = rowsOf(source);
  const seen = new Set<string>();
  for (let number = 0; number < 200; number++) {
    const { messages, group, index } = row(number);
    const { level, language, split, seed } = source.groups[group]!;
    const again = generateRow({
      task: "addition-subtraction",
      level: level!,
      language: language!,
      seed,
      split: split!,
      index,
    });
    assert.deepEqual(messages, again.messages);
    assert.equal(splitOf(again.key), "train");
    seen.add(`${level} ${language}`);
  }
  assert.deepEqual([...seen].sort(), ["1 en", "1 zh", "2 en", "2 zh"]);
});

test("dressed rows: a system prompt, an earlier question that is not learned, one document each", () => {
  const shares = { system: 1, followUp: 1, noise: 0 };
  const source = resolveSource({ gym: "addition-subtraction", share: 1 }, { ...context, conversations: shares });
  const row = rowsOf(source);
  const bpe = loadBpe(tokenizer);
  for (let number = 0; number < 30; number++) {
    const { messages } = row(number);
    assert.equal(messages[0]!.role, "system");
    assert.ok(messages.filter(({ role }) => role === "user").length >= 2);
    const documents = documentsOf(messages, bpe);
    assert.equal(documents.length, 1);
    const { content, reasoning_content } = messages.at(-1)!;
    assert.equal(
      bpe.decode(documents[0]!.tokens.slice(-documents[0]!.learned)),
      `${reasoning_content}</think>${content}<|end|>`,
    );
  }
});

test("rows with a wrong step that is taken back: the share asked for, and found again with the same settings", () => {
  const source = resolveSource({ gym: "addition-subtraction", share: 1, retry: 0.5 }, context);
  const plain = rowsOf(resolveSource({ gym: "addition-subtraction", share: 1 }, context));
  const row = rowsOf(source);
  let retried = 0;
  for (let number = 0; number < 200; number++) {
    const [turn, before] = [row(number).messages.at(-1)!, plain(number).messages.at(-1)!];
    if (!turn.reasoning_content!.includes("[BACK]")) assert.deepEqual(turn, before);
    else {
      retried++;
      const lines = turn.reasoning_content!.split("\n");
      const at = lines.indexOf("[BACK]");
      assert.deepEqual(lines.toSpliced(at - 1, 2).join("\n"), before.reasoning_content);
    }
  }
  assert.ok(retried > 70 && retried < 130, String(retried));
  const again = resolveSource({ gym: "addition-subtraction", share: 1, retry: 0.5 }, context);
  assert.deepEqual(rowsOf(again)(7).messages, row(7).messages);
});

test("a level that the family lacks is refused", () => {
  assert.throws(() => resolveSource({ gym: "addition-subtraction", share: 1, levels: [99] }, context), {
    code: "LEMMA_E_OPTION",
  });
});

test("evaluation shards: held-out problems for each cell, found again through origin", async () => {
  const settings = { tasks: ["addition-subtraction"], tokenizer, seed: 9, perCell: 5 };
  const index = await writeEvaluationShards({ ...settings, out: join(root, "check") });
  assert.deepEqual(await writeEvaluationShards({ ...settings, out: join(root, "check") }), index);
  assert.ok(index.groups.length >= 4);
  assert.ok(index.groups.every(({ documents }) => documents === 5));
  const read = (name: string) => decodeNpy(readFileSync(join(root, "check", name)), name).array;
  const origin = read("00000.origin.npy") as Int32Array;
  const offsets = Array.from(read("00000.documents.npy"), Number);
  const tokens = read("00000.tokens.npy") as Uint16Array;
  const bpe = loadBpe(tokenizer);
  const lines = readFileSync(join(root, "check", "rows.jsonl"), "utf8")
    .trim()
    .split("\n");
  assert.equal(lines.length, index.documents);
  for (let i = 0; i < index.documents; i++) {
    const line = JSON.parse(lines[i]!);
    assert.deepEqual(line.tokens, [...tokens.subarray(offsets[i]!, offsets[i + 1]!)]);
    assert.equal(line.cell, index.groups[origin[2 * i]!]!.cell);
    assert.equal(line.loss.length, line.tokens.length);
    const { task, level, language, cell, split } = index.groups[origin[2 * i]!]!;
    const where = { level: level!, language: language!, cell: cell!, split: split! };
    const row = generateRow({ task, ...where, seed: 9, index: origin[2 * i + 1]! });
    assert.equal(row.split, "heldout");
    assert.deepEqual([...tokens.subarray(offsets[i]!, offsets[i + 1]!)], documentsOf(row.messages, bpe)[0]!.tokens);
  }
});
