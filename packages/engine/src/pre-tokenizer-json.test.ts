// The table of pre-tokenizers read back as it is written, in the forms that published files have, and what is not in it refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PRE_TOKENIZERS, type PreTokenizerName, preTokenizerJson, preTokenizerName } from "./pre-tokenizer-json.ts";

const NAMES = Object.keys(PRE_TOKENIZERS) as PreTokenizerName[];

test("each is recognised as it is written", () => {
  for (const name of NAMES) {
    assert.equal(preTokenizerName(JSON.parse(JSON.stringify(preTokenizerJson(name)))), name);
  }
});

test("as DeepSeek V3's file writes it: line breaks themselves inside the expression, no `invert`", () => {
  // The text of deepseek-ai/DeepSeek-V3's tokenizer.json at this place.
  const text = String.raw`{"type":"Sequence","pretokenizers":[
    {"type":"Split","pattern":{"Regex":"\\p{N}{1,3}"},"behavior":"Isolated"},
    {"type":"Split","pattern":{"Regex":"[一-龥぀-ゟ゠-ヿ]+"},"behavior":"Isolated"},
    {"type":"Split","pattern":{"Regex":"[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_${"`"}{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"},"behavior":"Isolated"},
    {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]}`;
  assert.equal(preTokenizerName(JSON.parse(text)), "deepseek-v3");
});

test("a ByteLevel that doesn't say whether it splits does", () => {
  assert.equal(preTokenizerName({ type: "ByteLevel", add_prefix_space: false }), "gpt-2");
});

test("anything else is refused and named", () => {
  const bytes = { type: "ByteLevel", use_regex: false };
  const split = (regex: string, more: object = {}) => ({
    type: "Split",
    pattern: { Regex: regex },
    behavior: "Isolated",
    ...more,
  });
  const sequence = (...pretokenizers: unknown[]) => ({ type: "Sequence", pretokenizers });
  const qwen2 = PRE_TOKENIZERS.qwen2[0]!;
  const cases: [unknown, RegExp][] = [
    [undefined, /found none/],
    [null, /found null/],
    [{ type: "Whitespace" }, /found Whitespace/],
    [bytes, /found ByteLevel/],
    [{ type: "ByteLevel", add_prefix_space: true }, /"add_prefix_space":true/],
    [sequence(), /found /],
    [sequence(split("\\w+"), bytes), /found Split .*\\w\+.*, then ByteLevel/],
    [sequence(split(qwen2), { type: "ByteLevel" }), /then ByteLevel/],
    [sequence(split(qwen2, { behavior: "Removed" }), bytes), /Removed/],
    [sequence(split(qwen2, { invert: true }), bytes), /"invert":true/],
    [sequence(split(qwen2), { type: "Digits", individual_digits: true }, bytes), /then Digits/],
    [sequence({ type: "Split", pattern: { String: " " }, behavior: "Isolated" }, bytes), /"String":" "/],
    [sequence(split("x".repeat(1000)), bytes), /x…/],
  ];
  for (const [value, message] of cases) {
    const expected = { code: "LEMMA_E_TOKENIZER", message: /gpt-2, qwen2, llama-bpe, deepseek-v3/ };
    assert.throws(() => preTokenizerName(value), expected);
    assert.throws(() => preTokenizerName(value), { message });
  }
});
