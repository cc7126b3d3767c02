// A small byte-level vocabulary for tests, as GGUF keys and as tokenizer.json: 256 bytes, merges, Lemma's added tokens.

import { LEMMA_CHAT_TEMPLATE } from "../src/lemma-template.ts";
import { type PreTokenizerName, preTokenizerJson } from "../src/pre-tokenizer-json.ts";

/** GPT-2's byte alphabet: the character of each byte. */
export const BYTE_ALPHABET: readonly string[] = (() => {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isOwn = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCodePoint(isOwn ? byte : next++);
  });
})();

/** Text in the byte alphabet. */
export function spelled(text: string): string {
  return [...Buffer.from(text)].map((byte) => BYTE_ALPHABET[byte]).join("");
}

const CONTROL = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>"];
const VISIBLE = ["<think>", "</think>", "[BACK]"];

/** A vocabulary: merges in rank order, in the byte alphabet; `kinds` are GGUF token types. */
export interface TestVocabulary {
  tokens: string[];
  kinds: number[];
  merges: string[];
}

/** Bytes, added tokens, then one token per merge. `merges` are pairs in the byte alphabet. */
export function testVocabulary(merges: readonly (readonly [string, string])[] = []): TestVocabulary {
  const tokens = [...BYTE_ALPHABET, ...CONTROL, ...VISIBLE];
  const kinds = [...BYTE_ALPHABET.map(() => 1), ...CONTROL.map(() => 3), ...VISIBLE.map(() => 4)];
  for (const [left, right] of merges) {
    tokens.push(left + right);
    kinds.push(1);
  }
  return { tokens, kinds, merges: merges.map(([left, right]) => `${left} ${right}`) };
}

/** Learns merges (in the byte alphabet) from words: repeatedly the most frequent neighbouring pair within words (ties: the first seen). */
export function learnMerges(words: readonly string[], count: number): [string, string][] {
  const counts = new Map<string, number>();
  for (const word of words.map(spelled)) counts.set(word, (counts.get(word) ?? 0) + 1);
  let pieces = [...counts].map(([word, times]) => ({ parts: [...word], times }));
  const merges: [string, string][] = [];
  while (merges.length < count) {
    const pairs = new Map<string, number>();
    for (const { parts, times } of pieces) {
      for (let i = 0; i + 1 < parts.length; i++) {
        const pair = `${parts[i]}\0${parts[i + 1]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + times);
      }
    }
    let best: string | undefined;
    for (const [pair, times] of pairs) if (best === undefined || times > pairs.get(best)!) best = pair;
    if (best === undefined) break;
    const [left, right] = best.split("\0") as [string, string];
    merges.push([left, right]);
    pieces = pieces.map(({ parts, times }) => {
      const merged: string[] = [];
      for (const part of parts) {
        if (merged.at(-1) === left && part === right) merged[merged.length - 1] = left + right;
        else merged.push(part);
      }
      return { parts: merged, times };
    });
  }
  return merges;
}

/** tokenizer.json of a vocabulary. `deepseek-r1-qwen` is qwen2's; whole words come first where GGUF implies it. */
export function tokenizerJson(vocabulary: TestVocabulary, pre: PreTokenizerName | "deepseek-r1-qwen"): object {
  const { tokens, kinds, merges } = vocabulary;
  const flags = { lstrip: false, rstrip: false, single_word: false, normalized: false };
  const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    normalizer: null,
    added_tokens: tokens
      .map((content, id) => ({ id, content, special: kinds[id] === 3, ...flags }))
      .filter(({ id }) => kinds[id] !== 1),
    pre_tokenizer: preTokenizerJson(pre === "deepseek-r1-qwen" ? "qwen2" : pre),
    post_processor: null,
    decoder: { ...bytes, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: pre === "llama-bpe",
      vocab: Object.fromEntries(tokens.map((text, id) => [text, id]).filter(([, id]) => kinds[id as number] === 1)),
      merges,
    },
  };
}

/** tokenizer_config.json that goes with `tokenizerJson`. */
export const TOKENIZER_CONFIG = Object.freeze({
  eos_token: "<|end|>",
  pad_token: "<|pad|>",
  chat_template: LEMMA_CHAT_TEMPLATE,
});
