// The shape of tokenizer.json (Hugging Face tokenizers 1.0) as far as byte-level BPE needs it, and how it is written.
// Owns the file's form; knows nothing of how a vocabulary is learned.

import { QWEN2_PATTERN } from "./pre-tokenizer.ts";

/** A token that is cut out before pre-tokenization. `special` marks control tokens. */
export interface AddedToken {
  id: number;
  content: string;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
  normalized: boolean;
  special: boolean;
}

export interface TokenizerJson {
  version: "1.0";
  truncation: null;
  padding: null;
  added_tokens: AddedToken[];
  normalizer: null;
  pre_tokenizer: object;
  post_processor: null;
  decoder: object;
  model: {
    type: "BPE";
    dropout: null;
    unk_token: null;
    continuing_subword_prefix: null;
    end_of_word_suffix: null;
    fuse_unk: false;
    byte_fallback: false;
    ignore_merges: false;
    vocab: Record<string, number>;
    merges: [string, string][];
  };
}

/** Control tokens, in id order: never produced from people's text (GGUF type 3). */
export const CONTROL_TOKENS: readonly string[] = [
  "<|pad|>",
  "<|end|>",
  "<|system|>",
  "<|user|>",
  "<|assistant|>",
  "<|tool|>",
];

/** Tokens of the reasoning text that people may see and type (GGUF type 4). */
export const REASONING_TOKENS: readonly string[] = ["<think>", "</think>", "[BACK]"];

const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false };

/** Puts a vocabulary into the file's form. `pieces` are in id order; added tokens get the ids after them. */
export function tokenizerJson(
  pieces: readonly string[],
  merges: readonly [string, string][],
  added: readonly { content: string; special: boolean }[],
): TokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added.map(({ content, special }, index) => ({
      id: pieces.length + index,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: QWEN2_PATTERN }, behavior: "Isolated", invert: false },
        byteLevel,
      ],
    },
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges: [...merges],
    },
  };
}
