// The reference encoder and the builder: round trips, merge rules, added tokens, determinism.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Bpe } from "./bpe.ts";
import { buildTokenizer, CUT_TOKENS, serialise } from "./build-tokenizer.ts";
import { BYTE_TO_CHARACTER, fromByteAlphabet, toByteAlphabet } from "./byte-alphabet.ts";
import { PieceCounter } from "./piece-counts.ts";
import { preTokenize } from "./pre-tokenizer.ts";
import type { TokenizerJson } from "./tokenizer-json.ts";

const sample = (): TokenizerJson => {
  const counter = new PieceCounter(CUT_TOKENS);
  for (let i = 0; i < 400; i++) {
    counter.add("Solve the equation 3x+12=0 for x. Ann is taller than Bob. dy/dx=x^2+y, y=Ce^(2x)+he^(h)\n", 1);
    counter.add("解方程：3x+12=0，小明比小红高。求导数。", 1);
  }
  for (let i = 0; i < 300; i++) counter.add("导数 方程 小明 小红 比", 1);
  return buildTokenizer(counter.counts());
};

const pieces = (bpe: Bpe, text: string): string[] => bpe.encode(text).map((id) => bpe.decode([id]));

test("byte alphabet: 256 different characters, the inverse gives the bytes back", () => {
  assert.equal(new Set(BYTE_TO_CHARACTER).size, 256);
  assert.equal(BYTE_TO_CHARACTER[0x20], "Ġ");
  const all = BYTE_TO_CHARACTER.join("");
  assert.deepEqual(
    [...fromByteAlphabet(all)],
    Array.from({ length: 256 }, (_, byte) => byte),
  );
  const text = "aé你😀\n";
  assert.deepEqual([...fromByteAlphabet(toByteAlphabet(text))], [...new TextEncoder().encode(text)]);
  assert.throws(() => fromByteAlphabet("你"), RangeError);
});

test("the qwen2 pattern cuts as the model's pre-tokenizer does", () => {
  assert.deepEqual(preTokenize("Solve 3x+12=0"), ["Solve", " ", "3", "x", "+", "1", "2", "=", "0"]);
  assert.deepEqual(preTokenize("I'm  here\n\n ok"), ["I", "'m", " ", " here", "\n\n", " ok"]);
  assert.deepEqual(preTokenize("a\u0085b\ufeffc"), ["a", "\u0085b", "\ufeffc"]);
  assert.deepEqual(preTokenize("x>=3 !="), ["x", ">=", "3", " !="]);
  for (const text of ["", " ", "\r\n \t x", "你好，world 12"]) assert.equal(preTokenize(text).join(""), text);
});

test("digits, operators, brackets and formula letters are always tokens of their own", () => {
  const bpe = new Bpe(sample());
  assert.deepEqual(pieces(bpe, "12+7*(x-3)/4=5^2"), [..."12+7*(x-3)/4=5^2"]);
  assert.deepEqual(pieces(bpe, "dy/dx Ce^(2x)"), [..."dy/dx Ce^(2x)"]);
  assert.deepEqual(pieces(bpe, "Solve the equation"), ["Solve", " the", " equation"]);
  assert.deepEqual(pieces(bpe, " Ann>Bob"), [" ", "Ann", ">", "Bob"]);
  assert.deepEqual(pieces(bpe, "小明：导数"), ["小明", "：", "导数"]);
});

test("no merge holds a digit, an operator, punctuation or a line break", () => {
  const json = sample();
  assert.ok(json.model.merges.length > 50);
  for (const [left, right] of json.model.merges) {
    const bytes = fromByteAlphabet(left + right);
    const ascii = new TextDecoder("latin1").decode(bytes.filter((byte) => byte < 0x80));
    assert.match(ascii, /^ ?[A-Za-z]*$/, `${left}+${right}`);
    assert.ok(ascii === "" || bytes.every((byte) => byte < 0x80), `${left}+${right} mixes ASCII and others`);
  }
});

test("control tokens come from text only on request, visible ones always", () => {
  const bpe = new Bpe(sample());
  assert.equal(bpe.encode("<|end|>").includes(bpe.id("<|end|>")), false);
  assert.deepEqual(bpe.encode("<|end|>", { control: true }), [bpe.id("<|end|>")]);
  assert.deepEqual(
    bpe.encode("<think>[BACK]</think>"),
    ["<think>", "[BACK]", "</think>"].map((t) => bpe.id(t)),
  );
  assert.throws(() => bpe.id("<|nobody|>"), { code: "LEMMA_E_TOKENIZER" });
});

test("any text comes back, lone surrogates as U+FFFD", () => {
  const bpe = new Bpe(sample());
  for (const text of [
    "",
    "  \n\t",
    "def f(n):\n    return n <= 2",
    "😀👩‍👩‍👧 naïve Straße",
    "\u0000\u007f",
    "12345678901234567890",
  ]) {
    assert.equal(bpe.decode(bpe.encode(text)), text);
  }
  assert.equal(bpe.decode(bpe.encode("a\ud800b")), "a\ufffdb");
});

test("the same counts give the same bytes; the size is kept and the rest reserved", () => {
  const json = sample();
  assert.equal(serialise(json), serialise(sample()));
  assert.deepEqual(JSON.parse(serialise(json)), JSON.parse(JSON.stringify(json)));
  assert.equal(new Bpe(json).size, 1024);
  assert.equal(new Bpe(json).size % 32, 0);
  const reserved = json.added_tokens.filter(({ content }) => content.startsWith("<|reserved_"));
  assert.ok(reserved.length >= 16 && reserved.every(({ special }) => special));
  const small = buildTokenizer({ words: {}, han: {}, characters: {}, protectedPairs: [], identifiers: [] }, 320);
  assert.equal(new Bpe(small).size, 320);
});
