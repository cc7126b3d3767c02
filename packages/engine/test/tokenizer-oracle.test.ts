// Every pre-tokenizer against two independent implementations, @huggingface/tokenizers and llama.cpp, on thousands of hard
// strings: one vocabulary of 4,000 learned merges, written as tokenizer.json and as GGUF. The last tests show where the
// oracles disagree with each other; docs/decisions/2026-11-tokenizer-peers.md says who is right.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { type GgufValue, loadTokenizer, type Tokenizer } from "../src/index.ts";
import { compareTokenizers } from "../src/tokenizer-comparison.ts";
import { tokenizerProbes } from "../src/tokenizer-probes.ts";
import { openLlamaTokenizer } from "./llama-tokenizer.ts";
import { writeRandomModel } from "./random-model.ts";
import { spelled, type TestVocabulary, TOKENIZER_CONFIG, testVocabulary, tokenizerJson } from "./test-vocabulary.ts";
import { trainingWords, trainMerges } from "./training-text.ts";

interface HuggingFaceModule {
  Tokenizer: new (
    json: object,
    config: object,
  ) => { encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] } };
}
type Encode = (text: string) => number[];
interface Participants {
  folder: Tokenizer;
  gguf: Tokenizer;
  huggingFace: Encode;
  llama: Encode;
}

const SEED = 20261123;
const COUNT = 4000;
const MERGES = 4000;
const NAMES = ["gpt-2", "qwen2", "llama-bpe", "deepseek-r1-qwen", "deepseek-v3"] as const;

const skip = await oracleSkip();
let root = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-oracle-"));
});
after(() => rm(root, { recursive: true, force: true }));

/** Writes a vocabulary both ways, lets all four tokenize, and closes what was opened. */
async function participants(
  vocabulary: TestVocabulary,
  pre: (typeof NAMES)[number],
  use: (all: Participants) => void,
  normalizer: { type: "NFC" } | null = null,
): Promise<void> {
  const folder = path.join(root, pre);
  await mkdir(folder, { recursive: true });
  const json = { ...tokenizerJson(vocabulary, pre), normalizer };
  await writeFile(path.join(folder, "tokenizer.json"), JSON.stringify(json));
  const gguf = path.join(folder, "model.gguf");
  const metadata: Record<string, GgufValue> = { "tokenizer.ggml.pre": { type: "string", value: pre } };
  if (normalizer) metadata["lemma.tokenizer.normalizer"] = { type: "string", value: normalizer.type };
  await writeRandomModel(gguf, { vocabulary, layers: 1, width: 32, feedForward: 32, metadata });
  const { Tokenizer } = await importOracle<HuggingFaceModule>("@huggingface/tokenizers");
  const huggingFace = new Tokenizer(json, TOKENIZER_CONFIG);
  const llama = await openLlamaTokenizer(gguf);
  try {
    use({
      folder: await loadTokenizer({ folder }),
      gguf: await loadTokenizer({ gguf }),
      huggingFace: (text) => huggingFace.encode(text, { add_special_tokens: false }).ids,
      llama: (text) => llama.tokenize(text, true),
    });
  } finally {
    await llama.dispose();
  }
}

describe("equal to @huggingface/tokenizers and llama.cpp", { skip }, () => {
  let vocabulary: TestVocabulary;
  before(() => {
    const merges = trainMerges(trainingWords(12_000, SEED), MERGES);
    assert.equal(merges.length, MERGES);
    vocabulary = testVocabulary(merges);
  });

  for (const pre of NAMES) {
    test(`${pre}: ${COUNT} strings (seed ${SEED})`, async () => {
      // Lone surrogates are compared as U+FFFD: no UTF-8 text, file or request can hold one.
      const strings = tokenizerProbes(COUNT, SEED).map((text) => text.toWellFormed());
      await participants(vocabulary, pre, ({ folder, gguf, huggingFace, llama }) => {
        const encoded = folder.encodeBatch(strings, { control: true });
        assert.deepEqual(
          compareTokenizers(strings, encoded, (text) => gguf.encode(text, { control: true })),
          [],
        );
        assert.deepEqual(compareTokenizers(strings, encoded, huggingFace), []);
        assert.deepEqual(compareTokenizers(strings, encoded, llama), []);
        for (const [i, text] of strings.entries()) assert.equal(folder.decode(encoded[i]!), text);
        const merged = strings.filter((text, i) => encoded[i]!.length < Buffer.byteLength(text) / 1.2).length;
        assert.ok(merged > COUNT / 2, `merges must matter: only ${merged} strings shrank`);
      });
    });
  }
});

// Decomposed letters, marks in any order, Hangul, singletons, and marks behind ASCII and added tokens.
const COMPOSING = [
  ..."aeiosdAO=<KΩकヘ가ㅎᄀ학ÅΩ豈q̣≠ộ",
  ..."\u0300\u0301\u0307\u0308\u0323\u0327\u0331\u0334\u0338\u0344\u0345\u093c\u05b4\u302a\u3099\u0f71\u0f72",
];

test("NFC: equal to @huggingface/tokenizers and String.normalize; llama.cpp leaves text as it is", {
  skip,
}, async () => {
  const vocabulary = testVocabulary(trainMerges(trainingWords(2000, SEED), 500));
  let state = SEED;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const made = Array.from({ length: COUNT }, () =>
    Array.from({ length: 1 + next(8) }, () => COMPOSING[next(COMPOSING.length)]!).join(""),
  );
  const probes = tokenizerProbes(COUNT, SEED).map((text) => text.toWellFormed());
  const strings = [...made, ...made.map((text) => `one <think>${text} two`), ...probes];
  const normalizer = { type: "NFC" } as const;
  await participants(
    vocabulary,
    "qwen2",
    ({ folder, gguf, huggingFace, llama }) => {
      assert.deepEqual([folder.composes, gguf.composes], [true, true]);
      const encoded = folder.encodeBatch(strings, { control: true });
      assert.deepEqual(
        compareTokenizers(strings, encoded, (text) => gguf.encode(text, { control: true })),
        [],
      );
      assert.deepEqual(compareTokenizers(strings, encoded, huggingFace), []);
      const own = encoded.slice(0, made.length);
      for (const [i, text] of made.entries()) assert.equal(folder.decode(own[i]!), text.normalize("NFC"));
      assert.deepEqual(
        compareTokenizers(made, own, (text) => llama(text.normalize("NFC"))),
        [],
      );
      const different = compareTokenizers(made, own, llama).length;
      assert.ok(different > COUNT / 4, `${different} of ${COUNT} differ uncomposed`);
    },
    normalizer,
  );
});

describe("where the oracles disagree", { skip }, () => {
  // Each with merges that make the split visible: the last merge joins what one of the two sides has split.
  const cases = [
    {
      name: "U+0085 is white space in Unicode and in Hugging Face's Rust library; the JavaScript one's gpt-2 has JavaScript's \\s",
      pre: "gpt-2",
      text: "a\u0085\u0085b",
      merges: [["\u0085", "\u0085"]],
      ours: 4,
      huggingFace: 3,
      llama: 4,
    },
    {
      name: "U+FEFF is none; in JavaScript's \\s it is",
      pre: "gpt-2",
      text: "a\ufeff\ufeffb",
      merges: [["\ufeff", "\ufeff"]],
      ours: 3,
      huggingFace: 4,
      llama: 3,
    },
    {
      name: "(?i:'s) takes a long s in Hugging Face's Rust library; the JavaScript one and llama.cpp fold ASCII only",
      pre: "qwen2",
      text: "it'ſt",
      merges: [["ſ", "t"]],
      ours: 5,
      huggingFace: 4,
      llama: 4,
    },
    {
      name: "U+16D40 is a letter since Unicode 16; llama.cpp's tables are older",
      pre: "qwen2",
      text: "\u{16d40}!",
      merges: [["\u{16d40}", "!"]],
      ours: 2,
      huggingFace: 2,
      llama: 1,
    },
  ] as const;

  for (const { name, pre, text, merges, ...counts } of cases) {
    test(name, async () => {
      const vocabulary = testVocabulary(mergesTo(merges));
      await participants(vocabulary, pre, ({ folder, gguf, huggingFace, llama }) => {
        assert.equal(folder.encode(text).length, counts.ours);
        assert.deepEqual(gguf.encode(text), folder.encode(text));
        assert.equal(huggingFace(text).length, counts.huggingFace);
        assert.equal(llama(text).length, counts.llama);
      });
    });
  }
});

/** Merges that build each character of some pairs from its bytes, then the pairs. */
function mergesTo(pairs: readonly (readonly [string, string])[]): [string, string][] {
  const merges = new Map<string, [string, string]>();
  for (const character of new Set(pairs.flat())) {
    const bytes = [...spelled(character)];
    for (let i = 1; i < bytes.length; i++) {
      const left = bytes.slice(0, i).join("");
      merges.set(left + bytes[i], [left, bytes[i]!]);
    }
  }
  for (const [left, right] of pairs) merges.set(spelled(left + right), [spelled(left), spelled(right)]);
  return [...merges.values()];
}
