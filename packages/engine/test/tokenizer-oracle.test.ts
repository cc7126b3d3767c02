// The tokenizer against an independent implementation (@huggingface/tokenizers) on thousands of hard strings, with both
// pre-tokenizers and merges learned from the same kind of text. And against itself: text comes back, batches equal singles.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { loadTokenizer } from "../src/index.ts";
import { hardStrings } from "./strings.ts";
import { learnMerges, TOKENIZER_CONFIG, testVocabulary, tokenizerJson } from "./test-vocabulary.ts";

interface OracleTokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
}
interface OracleModule {
  Tokenizer: new (json: object, config: object) => OracleTokenizer;
}

const SEED = 20261123;
const COUNT = 6000;

for (const pre of ["qwen2", "gpt-2"] as const) {
  test(`${pre}: equal to @huggingface/tokenizers on ${COUNT} strings (seed ${SEED})`, {
    skip: await oracleSkip(),
  }, async () => {
    // Merges from words with and without a space before them, of strings that the comparison doesn't use.
    const words = hardStrings(600, SEED + 1).flatMap((text) =>
      text.split(/(?= )|(?<=[\n!])/).filter((word) => word.length < 24),
    );
    const vocabulary = testVocabulary(learnMerges(words, 400));
    const json = tokenizerJson(vocabulary, pre);
    const folder = await mkdtemp(path.join(tmpdir(), "lemma-oracle-"));
    try {
      await writeFile(path.join(folder, "tokenizer.json"), JSON.stringify(json));
      const ours = await loadTokenizer({ folder });
      const { Tokenizer } = await importOracle<OracleModule>("@huggingface/tokenizers");
      const oracle = new Tokenizer(json, TOKENIZER_CONFIG);
      const strings = hardStrings(COUNT, SEED);
      const encoded = ours.encodeBatch(strings, { control: true });
      let merged = 0;
      for (const [i, text] of strings.entries()) {
        const expected = oracle.encode(text, { add_special_tokens: false }).ids;
        assert.deepEqual([...encoded[i]!], expected, JSON.stringify(text));
        assert.equal(ours.decode(encoded[i]!), text.toWellFormed());
        if (encoded[i]!.length < Buffer.byteLength(text)) merged++;
      }
      assert.ok(merged > COUNT / 2, `merges must matter: only ${merged} strings shrank`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
