// The pre-tokenizers that the engine knows, as tokenizer.json writes them: the one table for reading and for writing. The
// matchers are native (engine/src/pre_tokenizer.h).

import { LemmaError } from "@lemma/protocol";

type Json = Record<string, unknown>;

const SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const QWEN2 = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`;
const DEEPSEEK = `[!"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_\`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|${SPACES}`;

/**
 * The regular expressions of each GGUF name, in their order. None: the one that is ByteLevel's own. R1's Qwen distillations
 * (`deepseek-r1-qwen`) have qwen2's.
 */
export const PRE_TOKENIZERS = Object.freeze({
  "gpt-2": [],
  qwen2: [QWEN2],
  "llama-bpe": [QWEN2.replace("\\p{N}|", "\\p{N}{1,3}|")],
  "deepseek-v3": ["\\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", DEEPSEEK],
});

/** A pre-tokenizer that tokenizer.json can describe. */
export type PreTokenizerName = keyof typeof PRE_TOKENIZERS;

/** The `pre_tokenizer` of tokenizer.json. @example preTokenizerJson("qwen2").type // "Sequence" */
export function preTokenizerJson(name: PreTokenizerName): Json {
  const expressions = PRE_TOKENIZERS[name];
  const bytes = {
    type: "ByteLevel",
    add_prefix_space: false,
    trim_offsets: false,
    use_regex: expressions.length === 0,
  };
  if (expressions.length === 0) return bytes;
  const splits = expressions.map((regex) => ({
    type: "Split",
    pattern: { Regex: regex },
    behavior: "Isolated",
    invert: false,
  }));
  return { type: "Sequence", pretokenizers: [...splits, bytes] };
}

/**
 * The GGUF name of tokenizer.json's `pre_tokenizer`.
 * @throws LEMMA_E_TOKENIZER naming what was found, where it is none of the table
 * @example preTokenizerName(JSON.parse(text).pre_tokenizer) // "llama-bpe"
 */
export function preTokenizerName(value: unknown): PreTokenizerName {
  const steps = isObject(value) && value.type === "Sequence" ? value.pretokenizers : [value];
  const found = Array.isArray(steps) ? steps.map(expressionOf) : [undefined];
  const bytes = found.pop();
  for (const [name, expressions] of Object.entries(PRE_TOKENIZERS)) {
    const last = expressions.length === 0 ? OWN_REGEX : "";
    if (bytes === last && found.length === expressions.length && found.every((one, i) => one === expressions[i])) {
      return name as PreTokenizerName;
    }
  }
  throw new LemmaError("LEMMA_E_TOKENIZER", {
    problem: `expected the pre-tokenizer of ${Object.keys(PRE_TOKENIZERS).join(", ")}, found ${described(value)}`,
  });
}

const OWN_REGEX = "ByteLevel with its regex";
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The expression of a Split that keeps what it matches; "" or OWN_REGEX of a ByteLevel; undefined of anything else. */
function expressionOf(step: unknown): string | undefined {
  if (!isObject(step)) return undefined;
  if (step.type === "ByteLevel" && step.add_prefix_space !== true) return step.use_regex === false ? "" : OWN_REGEX;
  if (step.type !== "Split" || step.behavior !== "Isolated" || step.invert === true) return undefined;
  const regex = isObject(step.pattern) ? step.pattern.Regex : undefined;
  // DeepSeek's file holds line breaks themselves where others write \r and \n.
  return typeof regex === "string" ? regex.replaceAll("\r", "\\r").replaceAll("\n", "\\n") : undefined;
}

/** A pre-tokenizer in a few words, for the error message. */
function described(value: unknown): string {
  if (!isObject(value)) return value === undefined ? "none" : JSON.stringify(value);
  if (Array.isArray(value.pretokenizers)) return value.pretokenizers.map(described).join(", then ");
  const { type, ...settings } = value;
  const text = JSON.stringify(settings);
  return `${String(type)} ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}
