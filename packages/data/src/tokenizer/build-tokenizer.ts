// Puts models/tokenizer together: counts → vocabulary → tokenizer.json, and tokenizer_config.json with the chat
// template. Owns the list of added tokens and the size; pure functions of their arguments, no files.

import { LEMMA_CHAT_TEMPLATE } from "@lemma/engine/template";
import type { PieceCounts } from "./piece-counts.ts";
import { CONTROL_TOKENS, REASONING_TOKENS, type TokenizerJson, tokenizerJson } from "./tokenizer-json.ts";
import { learnVocabulary } from "./vocabulary.ts";

/**
 * Frequent pieces that are one token wherever they stand: the box, operators of two characters (relations and those of
 * programs), the colon and space after a step's label, code fences and indentation.
 */
export const FREQUENT_TOKENS: readonly string[] = [
  "\\boxed{",
  ...["!=", "<=", ">=", "==", "+=", "-=", "*=", "++"],
  ...[": ", "```", "    ", "  "],
];

/** Entries kept free at the least, so that a later token need not retrain every model. */
export const RESERVED_TOKENS = 16;

/** Entries of the whole vocabulary; a multiple of 32, as Q8_0 rows and the embedding's blocks need. */
export const VOCABULARY_SIZE = 1024;

const MINIMUM_COUNT = 20;

/** Contents of all added tokens that can occur in text: what counting must cut out first. */
export const CUT_TOKENS: readonly string[] = [...CONTROL_TOKENS, ...REASONING_TOKENS, ...FREQUENT_TOKENS];

/**
 * Makes tokenizer.json. The same counts give the same bytes; unused entries become `<|reserved_N|>`.
 * @example writeFileSync("tokenizer.json", serialise(buildTokenizer(counts)))
 */
export function buildTokenizer(counts: PieceCounts, size: number = VOCABULARY_SIZE): TokenizerJson {
  const room = size - CUT_TOKENS.length - RESERVED_TOKENS;
  const { pieces, merges } = learnVocabulary(counts, room, MINIMUM_COUNT);
  const reserved = Array.from({ length: size - CUT_TOKENS.length - pieces.length }, (_, n) => `<|reserved_${n}|>`);
  return tokenizerJson(pieces, merges, [
    ...CONTROL_TOKENS.map((content) => ({ content, special: true })),
    ...[...REASONING_TOKENS, ...FREQUENT_TOKENS].map((content) => ({ content, special: false })),
    ...reserved.map((content) => ({ content, special: true })),
  ]);
}

/** tokenizer_config.json: what Transformers needs beside tokenizer.json. `contextLength` in tokens. */
export function tokenizerConfig(contextLength: number): object {
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: null,
    eos_token: "<|end|>",
    pad_token: "<|pad|>",
    unk_token: null,
    add_bos_token: false,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    model_max_length: contextLength,
    chat_template: LEMMA_CHAT_TEMPLATE,
  };
}

/** The bytes of tokenizer.json: two-space JSON, one line for each entry of vocab and merges. */
export function serialise(json: TokenizerJson): string {
  const { vocab, merges, ...model } = json.model;
  const placeholder = { ...json, model: { ...model, vocab: "@vocab", merges: "@merges" } };
  const entries = Object.entries(vocab)
    .sort((a, b) => a[1] - b[1])
    .map(([piece, id]) => `      ${JSON.stringify(piece)}: ${id}`);
  const pairs = merges.map((pair) => `      ${JSON.stringify(pair)}`);
  return `${JSON.stringify(placeholder, null, 2)
    .replace('"@vocab"', () => `{\n${entries.join(",\n")}\n    }`)
    .replace('"@merges"', () => `[\n${pairs.join(",\n")}\n    ]`)}\n`;
}
