// tokenizer.json and tokenizer_config.json as the GGUF keys tokenizer.*. Owns their names, the padding of the vocabulary and
// which tokens end a text; the meaning of tokenizer.json is packages/engine's.

import path from "node:path";
import { type GgufValue, readTokenizerFolder } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { ConfigFields } from "./config-fields.ts";
import { isObject, type JsonObject, readJsonFile, readOptionalJsonFile } from "./json-file.ts";

const UNUSED = 5; // GGUF's token type of ids that nothing produces
const WHOLE_WORDS_FIRST = "llama-bpe"; // the one pre-tokenizer for which GGUF implies `ignore_merges`
const END_KEYS = ["eos_token_id", "eot_token_id", "eom_token_id"] as const;

/**
 * The keys of a folder's tokenizer, padded with unused tokens to the model's vocabulary.
 * @throws LEMMA_E_FILE, LEMMA_E_TOKENIZER
 */
export async function tokenizerMetadata(
  folder: string,
  vocabularySize: number,
  config: ConfigFields,
  generation: ConfigFields,
): Promise<Record<string, GgufValue>> {
  const { source, chatTemplate } = await readTokenizerFolder(folder);
  const json = await readJsonFile(path.join(folder, "tokenizer.json"));
  const settings = await readOptionalJsonFile(path.join(folder, "tokenizer_config.json"));
  const fail = (problem: string): LemmaError =>
    new LemmaError("LEMMA_E_TOKENIZER", { problem: `${folder}: ${problem}` });
  if (source.tokens.length > vocabularySize) {
    throw fail(`${source.tokens.length} tokens, but config.json says vocab_size ${vocabularySize}`);
  }
  if (source.wholeWordsFirst !== (source.pre === WHOLE_WORDS_FIRST)) {
    throw fail(
      `ignore_merges is ${source.wholeWordsFirst}, but with the pre-tokenizer ${source.pre} GGUF means the opposite`,
    );
  }
  const padding = source.tokens.indexOf(tokenText(settings.pad_token) ?? "\0");
  const stated = generation.has("eos_token_id") ? generation : config;
  const ends = [...new Set([...source.ends, ...stated.integers("eos_token_id")])];
  if (ends.length > END_KEYS.length) throw fail(`${ends.length} end tokens, GGUF has keys for ${END_KEYS.length}`);
  const ids = new Map<string, number>();
  ends.forEach((id, i) => {
    ids.set(END_KEYS[i]!, id);
  });
  if (source.bos !== undefined) ids.set("bos_token_id", source.bos);
  if (padding >= 0) ids.set("padding_token_id", padding);
  for (const [key, id] of ids)
    if (id >= vocabularySize) throw fail(`${key} ${id}, but vocab_size is ${vocabularySize}`);
  const { tokens, kinds } = padded(source.tokens, source.kinds, vocabularySize);
  return {
    "tokenizer.ggml.model": { type: "string", value: "gpt2" },
    "tokenizer.ggml.pre": { type: "string", value: source.pre },
    "tokenizer.ggml.tokens": { type: "array", items: "string", value: tokens },
    "tokenizer.ggml.token_type": { type: "array", items: "i32", value: kinds },
    "tokenizer.ggml.merges": { type: "array", items: "string", value: source.merges },
    // GGUF has no key for it; llama.cpp does not compose text, whatever the file says.
    ...(source.composes ? { "lemma.tokenizer.normalizer": { type: "string", value: "NFC" } as const } : {}),
    ...Object.fromEntries([...ids].map(([key, value]) => [`tokenizer.ggml.${key}`, { type: "u32", value } as const])),
    "tokenizer.ggml.add_bos_token": { type: "bool", value: addsBos(json, settings, fail) },
    ...(chatTemplate === "" ? {} : { "tokenizer.chat_template": { type: "string", value: chatTemplate } }),
  };
}

/** A token as tokenizer_config.json writes it: a text, or an object with `content`. */
function tokenText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return isObject(value) ? tokenText(value.content) : undefined;
}

/** The vocabulary at its full size. Ids without a token get names of their own: GGUF runtimes look tokens up by name. */
function padded(texts: readonly string[], given: Uint8Array, size: number): { tokens: string[]; kinds: Uint8Array } {
  const taken = new Set(texts);
  const kinds = new Uint8Array(size).fill(UNUSED);
  kinds.set(given);
  const tokens = Array.from(kinds, (kind, id) => {
    if (kind !== UNUSED) return texts[id]!;
    let name = `[unused${id}]`;
    while (taken.has(name)) name = `[${name}]`;
    return name;
  });
  return { tokens, kinds };
}

/** Whether text gets the begin token: tokenizer_config.json's word, else what tokenizer.json's post-processor does. */
function addsBos(json: JsonObject, settings: JsonObject, fail: (problem: string) => LemmaError): boolean {
  if (typeof settings.add_bos_token === "boolean") return settings.add_bos_token;
  const processor = isObject(json.post_processor) ? json.post_processor : {};
  const steps = Array.isArray(processor.processors) ? processor.processors.filter(isObject) : [processor];
  const template = steps.find((step) => step.type === "TemplateProcessing")?.single;
  if (!Array.isArray(template)) return false;
  const pieces = template.map((piece) =>
    isObject(piece) && isObject(piece.SpecialToken) ? piece.SpecialToken.id : "text",
  );
  const bos = tokenText(settings.bos_token);
  if (pieces.length === 1) return false;
  if (pieces.length === 2 && pieces[0] === bos && pieces[1] === "text") return true;
  throw fail(`the post-processor writes ${JSON.stringify(pieces)}; expected the text, or the begin token and the text`);
}
