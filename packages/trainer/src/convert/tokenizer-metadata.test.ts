// The keys tokenizer.* of a folder whose tokenizer.json or settings were changed.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ConfigFields } from "./config-fields.ts";
import type { JsonObject } from "./json-file.ts";
import { tokenizerMetadata } from "./tokenizer-metadata.ts";

const GPT2 = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
const bundled = fileURLToPath(new URL("../../../../models/tokenizer", import.meta.url));
const read = async (name: string): Promise<JsonObject> => JSON.parse(await readFile(path.join(bundled, name), "utf8"));
let root = "";
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-tokenizer-"));
});
after(() => rm(root, { recursive: true }));

interface Changes {
  json?: JsonObject;
  settings?: JsonObject;
  config?: JsonObject;
  generation?: JsonObject;
  size?: number;
}

async function keys({
  json,
  settings,
  config = {},
  generation = {},
  size = 1024,
}: Changes): Promise<Record<string, unknown>> {
  await writeFile(path.join(root, "tokenizer.json"), JSON.stringify({ ...(await read("tokenizer.json")), ...json }));
  await writeFile(
    path.join(root, "tokenizer_config.json"),
    JSON.stringify({ ...(await read("tokenizer_config.json")), ...settings }),
  );
  const fields = (object: JsonObject): ConfigFields => new ConfigFields("config.json", object);
  const made = await tokenizerMetadata(root, size, fields(config), fields(generation));
  return Object.fromEntries(
    Object.entries(made).map(([key, value]) => [key.replace("tokenizer.ggml.", ""), value.value]),
  );
}

const idOf = async (text: string): Promise<number> => {
  const { added_tokens: added } = (await read("tokenizer.json")) as { added_tokens: { id: number; content: string }[] };
  return added.find(({ content }) => content === text)!.id;
};

test("the bundled tokenizer", async () => {
  const made = await keys({ size: 1030 });
  const tokens = made.tokens as string[];
  const kinds = made.token_type as Uint8Array;
  assert.equal(made.model, "gpt2");
  assert.equal(made.pre, "qwen2");
  assert.equal(made.add_bos_token, false);
  assert.equal(tokens.length, 1030);
  assert.equal(new Set(tokens).size, 1030);
  for (const [text, kind] of [
    ["<|end|>", 3],
    ["<|pad|>", 3],
    ["<think>", 4],
    ["[BACK]", 4],
    ["\\boxed{", 4],
    ["a", 1],
  ] as const) {
    assert.equal(kinds[tokens.indexOf(text)], kind, text);
  }
  assert.deepEqual([...kinds.subarray(1024)], [5, 5, 5, 5, 5, 5]);
  assert.equal(made.eos_token_id, await idOf("<|end|>"));
  assert.equal(made.padding_token_id, await idOf("<|pad|>"));
  assert.equal("bos_token_id" in made, false);
  assert.match((made.merges as string[])[0]!, /^\S+ \S+$/);
  assert.equal(made["tokenizer.chat_template"], (await read("tokenizer_config.json")).chat_template);
});

test("end tokens of the generation config, then of the config, after the tokenizer's own", async () => {
  const end = await idOf("<|end|>");
  const generation = { eos_token_id: [1, end, 2] };
  const both = await keys({ generation, config: { eos_token_id: 9 } });
  assert.deepEqual([both.eos_token_id, both.eot_token_id, both.eom_token_id], [end, 1, 2]);
  const alone = await keys({ config: { eos_token_id: 9 }, settings: { eos_token: null } });
  assert.deepEqual([alone.eos_token_id, alone.eot_token_id], [9, undefined]);
  const broken = (changes: Changes, message: RegExp) =>
    assert.rejects(keys(changes), { code: "LEMMA_E_TOKENIZER", message });
  await broken({ generation: { eos_token_id: [1, 2, 3] } }, /4 end tokens/);
  await broken({ generation: { eos_token_id: 1024 } }, /eot_token_id 1024, but vocab_size is 1024/);
  await broken({ size: 1000 }, /1024 tokens, but config.json says vocab_size 1000/);
});

test("the pre-tokenizer's name follows from its structure; others and ignore_merges against GGUF's rule are refused", async () => {
  const bundledModel = (await read("tokenizer.json")).model as JsonObject;
  const preOf = async (json: JsonObject): Promise<unknown> => (await keys({ json })).pre;
  const splits = (...regexes: string[]): JsonObject => ({
    type: "Sequence",
    pretokenizers: [
      ...regexes.map((regex) => ({ type: "Split", pattern: { Regex: regex }, behavior: "Isolated", invert: false })),
      { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
    ],
  });
  assert.equal(await preOf({ pre_tokenizer: GPT2 }), "gpt-2");
  const llama = splits(
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  );
  assert.equal(await preOf({ pre_tokenizer: llama, model: { ...bundledModel, ignore_merges: true } }), "llama-bpe");
  const deepseek = splits(
    "\\p{N}{1,3}",
    "[一-龥぀-ゟ゠-ヿ]+",
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+",
  );
  const none = { type: "Sequence", normalizers: [] };
  assert.equal(await preOf({ pre_tokenizer: deepseek, normalizer: none }), "deepseek-v3");
  const refused = (json: JsonObject, message: RegExp) =>
    assert.rejects(keys({ json }), { code: "LEMMA_E_TOKENIZER", message });
  await refused({ model: { ...bundledModel, ignore_merges: true } }, /ignore_merges is true/);
  await refused({ pre_tokenizer: llama }, /ignore_merges is false/);
  await refused({ pre_tokenizer: { type: "Whitespace" } }, /found Whitespace/);
  await refused({ pre_tokenizer: splits("\\w+") }, /found Split .*w\+.*, then ByteLevel/);
  await refused({ model: { ...bundledModel, type: "Unigram" } }, /BPE/);
  await refused({ normalizer: { type: "Lowercase" } }, /Lowercase/);
});

test("an NFC normaliser becomes a key of Lemma's own; without one there is none", async () => {
  const key = "lemma.tokenizer.normalizer";
  assert.equal((await keys({}))[key], undefined);
  assert.equal((await keys({ json: { normalizer: { type: "Sequence", normalizers: [] } } }))[key], undefined);
  assert.equal((await keys({ json: { normalizer: { type: "NFC" } } }))[key], "NFC");
  const sequence = { type: "Sequence", normalizers: [{ type: "NFC" }] };
  assert.equal((await keys({ json: { normalizer: sequence } }))[key], "NFC");
});

test("the begin token: the settings' word, else the post-processor's", async () => {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const sequence = { Sequence: { id: "A", type_id: 0 } };
  const processor = (...single: object[]): JsonObject => ({
    post_processor: { type: "Sequence", processors: [{ type: "ByteLevel" }, { type: "TemplateProcessing", single }] },
  });
  const settings = { bos_token: { content: "<|system|>" }, add_bos_token: undefined };
  const begins = processor(special("<|system|>"), sequence);
  const made = await keys({ json: begins, settings });
  assert.deepEqual([made.bos_token_id, made.add_bos_token], [await idOf("<|system|>"), true]);
  assert.equal((await keys({ json: begins, settings: { ...settings, add_bos_token: false } })).add_bos_token, false);
  assert.equal((await keys({ json: processor(sequence), settings })).add_bos_token, false);
  const ends = keys({ json: processor(special("<|system|>"), sequence, special("<|end|>")), settings });
  await assert.rejects(ends, { code: "LEMMA_E_TOKENIZER", message: /post-processor/ });
});
