// Reads a Hugging Face tokenizer.json (byte-level BPE) into the parts that the native tokenizer is made from. Whatever would
// tokenise differently is refused by name.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { LemmaError } from "@lemma/protocol";
import type { NativeTokenizerSource } from "./native.ts";
import { preTokenizerName } from "./pre-tokenizer-json.ts";

type Json = Record<string, unknown>;

// DeepSeek's <｜User｜> and Qwen's <|fim_prefix|> are not marked special, but nobody may type them. GGUF converters agree.
const LOOKS_CONTROL = /^<[|｜].*[|｜]>$/u;
const KIND = { normal: 1, control: 3, userDefined: 4, unused: 5 };

/** A tokenizer folder read and checked: what the tokenizer is made from, and its Jinja chat template ("" if it has none). */
export interface TokenizerFolder {
  source: Exclude<NativeTokenizerSource, { gguf: string }>;
  chatTemplate: string;
}

function problem(text: string): LemmaError {
  return new LemmaError("LEMMA_E_TOKENIZER", { problem: text });
}

function object(value: unknown, what: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw problem(`${what}: expected an object`);
  return value as Json;
}

async function readJson(file: string): Promise<Json> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new LemmaError("LEMMA_E_FILE", { path: file, problem: "can't be read" }, { cause: error });
  }
  try {
    return object(JSON.parse(text), file);
  } catch (error) {
    if (LemmaError.isInstance(error)) throw error;
    throw problem(`${file}: ${error instanceof Error ? error.message : "not JSON"}`);
  }
}

/** Whether text is composed (NFC). Nothing else may stand there: NFC alone or in a sequence, which may also be empty (DeepSeek's). */
function composesText(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  const { type, normalizers } = object(value, "normalizer");
  const all = type === "Sequence" && Array.isArray(normalizers) ? normalizers : [value];
  for (const one of all) {
    const found = object(one, "normalizer").type;
    if (found !== "NFC") throw problem(`expected the normaliser NFC or none, found ${String(found)}`);
  }
  return all.length > 0;
}

/** The vocabulary as arrays indexed by id. Ids that nothing uses become empty tokens of type 5. */
function vocabularyOf(json: Json): { tokens: string[]; kinds: Uint8Array } {
  const model = object(json.model, "model");
  const entries: [string, number, number][] = [];
  for (const [text, id] of Object.entries(object(model.vocab, "model.vocab"))) {
    entries.push([text, id as number, KIND.normal]);
  }
  for (const value of Array.isArray(json.added_tokens) ? json.added_tokens : []) {
    const token = object(value, "added_tokens");
    if (token.lstrip === true || token.rstrip === true || token.single_word === true) {
      throw problem(`added token ${JSON.stringify(token.content)}: lstrip, rstrip and single_word are not supported`);
    }
    const text = String(token.content);
    const isControl = token.special === true || LOOKS_CONTROL.test(text);
    entries.push([text, token.id as number, isControl ? KIND.control : KIND.userDefined]);
  }
  if (entries.length === 0) throw problem("the vocabulary is empty");
  let size = 0;
  for (const [text, id] of entries) {
    if (!Number.isInteger(id) || id < 0 || id >= 1 << 24)
      throw problem(`token ${JSON.stringify(text)} has the id ${id}`);
    size = Math.max(size, id + 1);
  }
  const tokens = new Array<string>(size).fill("");
  const kinds = new Uint8Array(size).fill(KIND.unused);
  for (const [text, id, kind] of entries) {
    if (kind === KIND.normal && kinds[id] !== KIND.unused) throw problem(`the id ${id} stands for two tokens`);
    tokens[id] = text;
    kinds[id] = kind;
  }
  return { tokens, kinds };
}

function mergesOf(model: Json): string[] {
  if (!Array.isArray(model.merges)) throw problem("model.merges: expected an array");
  return model.merges.map((merge: unknown) => (Array.isArray(merge) ? merge.join(" ") : String(merge)));
}

/** The text of a token as tokenizer_config.json writes it: a string, or an object with `content`. */
function tokenText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null) return tokenText((value as Json).content);
  return undefined;
}

/** tokenizer_config.json's template: a string, the one named "default" of several, or the file chat_template.jinja. */
async function templateOf(folder: string, config: Json): Promise<string> {
  if (typeof config.chat_template === "string") return config.chat_template;
  if (Array.isArray(config.chat_template)) {
    const named = config.chat_template.map((one) => object(one, "chat_template"));
    const template = named.find((one) => one.name === "default")?.template;
    if (typeof template === "string") return template;
  }
  return readFile(path.join(folder, "chat_template.jinja"), "utf8").catch(() => "");
}

/**
 * Reads `tokenizer.json` and, if it is there, `tokenizer_config.json` of a folder.
 * @throws LEMMA_E_FILE, LEMMA_E_TOKENIZER (not byte-level BPE, an unknown pre-tokenizer, a broken vocabulary).
 */
export async function readTokenizerFolder(folder: string): Promise<TokenizerFolder> {
  const json = await readJson(path.join(folder, "tokenizer.json"));
  const config = await readJson(path.join(folder, "tokenizer_config.json")).catch((error: unknown) => {
    if (LemmaError.isInstance(error) && error.code === "LEMMA_E_FILE") return {} as Json;
    throw error;
  });
  const model = object(json.model, "model");
  if (model.type !== undefined && model.type !== "BPE")
    throw problem(`expected a BPE model, found ${String(model.type)}`);
  const composes = composesText(json.normalizer);
  const { tokens, kinds } = vocabularyOf(json);
  const idOf = (text: string | undefined): number | undefined => {
    const id = text === undefined ? -1 : tokens.indexOf(text);
    return id < 0 ? undefined : id;
  };
  const end = idOf(tokenText(config.eos_token));
  return {
    source: {
      tokens,
      kinds,
      merges: mergesOf(model),
      pre: preTokenizerName(json.pre_tokenizer),
      wholeWordsFirst: model.ignore_merges === true,
      composes,
      bos: idOf(tokenText(config.bos_token)),
      ends: Uint32Array.from(end === undefined ? [] : [end]),
    },
    chatTemplate: await templateOf(folder, config),
  };
}
