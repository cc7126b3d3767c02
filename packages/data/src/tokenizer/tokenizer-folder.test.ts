// The committed models/tokenizer: frozen bytes, rebuilt from the kept counts, loaded unchanged by Hugging Face's
// tokenizers, its chat template equal to the token documents that training sees.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LEMMA_CHAT_TEMPLATE } from "@lemma/engine/template";
import { families, generateRow } from "@lemma/gym";
import type { Message } from "@lemma/protocol";
import { importOracle, oracleSkip } from "../../../../oracles/oracle.ts";
import { documentsOf } from "../shards/document.ts";
import { sfc32 } from "../shards/seeded-shuffle.ts";
import { loadBpe, tokenizerHash } from "./tokenizer-folder.ts";
import { CONTROL_TOKENS, REASONING_TOKENS, type TokenizerJson } from "./tokenizer-json.ts";
import { writeTokenizer } from "./write-tokenizer.ts";

const folder = fileURLToPath(new URL("../../../../models/tokenizer", import.meta.url));
const counts = fileURLToPath(new URL("../../corpus/tokenizer-words.json", import.meta.url));
const json = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8")) as TokenizerJson;
const config = JSON.parse(readFileSync(join(folder, "tokenizer_config.json"), "utf8"));

/** Changing this is a new version of the tokenizer: every bundled model must be trained again. */
const FROZEN = "1d884f596ae26b63cae8f8bd9c3f74d8a725732ae2a0428a33a46c9dc866a7e4";

test("the tokenizer is the frozen one, and the kept counts rebuild it byte for byte", () => {
  assert.equal(tokenizerHash(folder), FROZEN);
  const out = mkdtempSync(join(tmpdir(), "lemma-tokenizer-"));
  try {
    writeTokenizer({ out, counts });
    for (const file of ["tokenizer.json", "tokenizer_config.json"]) {
      assert.equal(readFileSync(join(out, file), "utf8"), readFileSync(join(folder, file), "utf8"));
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("its tokens: at most 1,024 in blocks of 32, control and visible ones as agreed, some reserved", () => {
  const bpe = loadBpe(folder);
  assert.ok(bpe.size <= 1024 && bpe.size % 32 === 0);
  const special = new Map(json.added_tokens.map(({ content, special }) => [content, special]));
  for (const token of CONTROL_TOKENS) assert.equal(special.get(token), true, token);
  for (const token of [...REASONING_TOKENS, "\\boxed{"]) assert.equal(special.get(token), false, token);
  assert.ok([...special.keys()].filter((content) => content.startsWith("<|reserved_")).length >= 16);
  assert.equal(config.chat_template, LEMMA_CHAT_TEMPLATE);
  assert.equal(config.eos_token, "<|end|>");
});

test("digits, letters of formulas and single operators are one token each, wherever they stand", () => {
  const bpe = loadBpe(folder);
  const pieces = (text: string): string[] => bpe.encode(text).map((id) => bpe.decode([id]));
  const formulas = [
    "12345678901234567890",
    "-3x^2+4xy-y/7=0",
    "dy/dx=x^2+y",
    "y=Ce^(2x)-x",
    "(a*b)<c>d!e",
    "3*(-4)=-12",
    "C1e^(-x)",
  ];
  for (const text of formulas) assert.deepEqual(pieces(text), [...text]);
  for (const text of ["<=", ">=", "!=", "+=", ..."×÷·±−√≤≥≠²³", "，", "？"]) {
    assert.deepEqual(pieces(`3${text}4`), ["3", text, "4"]);
  }
  assert.deepEqual(pieces("Ann>Bob"), ["Ann", ">", "Bob"]);
  assert.deepEqual(pieces(" Ann"), [" ", "Ann"]);
});

test("every gym text comes back from its tokens", () => {
  const bpe = loadBpe(folder);
  for (const { id } of families()) {
    for (const language of ["en", "zh"] as const) {
      for (let index = 0; index < 20; index++) {
        for (const { content, reasoning_content = "" } of generateRow({ task: id, language, seed: 3, index })
          .messages) {
          assert.equal(bpe.decode(bpe.encode(content)), content);
          assert.equal(bpe.decode(bpe.encode(reasoning_content)), reasoning_content);
        }
      }
    }
  }
});

interface HuggingFaceTokenizer {
  encode(text: string, options?: { add_special_tokens?: boolean }): { ids: number[] };
  decode(ids: number[], options?: { skip_special_tokens?: boolean }): string;
}

const skip = await oracleSkip();

test("Hugging Face's tokenizers load it unchanged and give the same ids on 6,000 strings", { skip }, async () => {
  const { Tokenizer } = await importOracle<{ Tokenizer: new (json: object, config: object) => HuggingFaceTokenizer }>(
    "@huggingface/tokenizers",
  );
  const oracle = new Tokenizer(json, config);
  const bpe = loadBpe(folder);
  for (const text of strings(6000)) {
    // The oracle always reads control tokens in text, so the reference is asked to do the same.
    const expected = oracle.encode(text, { add_special_tokens: false }).ids;
    assert.deepEqual(bpe.encode(text, { control: true }), expected, JSON.stringify(text));
  }
});

/** Gym questions and thoughts, and random mixtures of scripts, spaces, digits, code and pieces of added tokens. */
function* strings(count: number): Generator<string> {
  const tasks = families().map(({ id }) => id);
  const next = sfc32(11, "oracle strings");
  const below = (n: number): number => next() % n;
  const atoms = [
    ..."aZ0 9xé你好，。😀👩‍👩‍👧\n\t\r'\"(){}[]<>|=+-*/^!#$\\_~\u0085\u00a0\u3000\u200b\u0301ß",
    ...[
      "the",
      " the",
      "'s",
      "'LL",
      "  ",
      "    ",
      "\r\n",
      "1234567",
      "def f(n):\n    return",
      "方程",
      "小明",
      "<think>",
      "</think>",
    ],
    ...["<|end|>", "<|en", "[BACK]", "[BACK", "\\boxed{", "<=", "+=", "==", ": ", "``", "ﬁ", "Ω", "١٢", "Ⅷ", "½"],
  ];
  for (let i = 0; i < count; i++) {
    if (i % 3 === 0) {
      const row = generateRow({ task: tasks[below(tasks.length)]!, seed: 4, index: i });
      yield `${row.messages[0]!.content} ${row.messages[1]!.reasoning_content}`;
    } else yield Array.from({ length: 1 + below(24) }, () => atoms[below(atoms.length)]).join("");
  }
}

interface JinjaTemplate {
  render(context: object): string;
}

test("training documents are what the chat template renders", { skip }, async () => {
  const { Template } = await importOracle<{ Template: new (text: string) => JinjaTemplate }>("@huggingface/jinja");
  const template = new Template(LEMMA_CHAT_TEMPLATE);
  const bpe = loadBpe(folder);
  const messages: Message[] = [
    { role: "system", content: "You are a helpful assistant." },
    { role: "user", content: "2+2?" },
    { role: "assistant", content: "\\boxed{4}", reasoning_content: "2+2=4" },
    { role: "tool", content: "ok" },
    { role: "user", content: "再加 1？" },
    { role: "assistant", content: "\\boxed{5}", reasoning_content: "4+1=5" },
  ];
  const documents = documentsOf(messages, bpe);
  for (const [number, until] of [2, 5].entries()) {
    const prompt = template.render({ messages: messages.slice(0, until), add_generation_prompt: true });
    const { tokens, learned } = documents[number]!;
    assert.deepEqual(tokens.slice(0, -learned), bpe.encode(prompt, { control: true }));
    const { content, reasoning_content } = messages[until]!;
    assert.equal(bpe.decode(tokens.slice(-learned)), `${reasoning_content}</think>${content}<|end|>`);
  }
  const closed = template.render({
    messages: messages.slice(0, 2),
    add_generation_prompt: true,
    enable_thinking: false,
  });
  assert.equal(closed, "<|system|>You are a helpful assistant.<|user|>2+2?<|assistant|><think></think>");
});
