// The model through the addon, on small random models: results, streams, batching, cancellation, disposal, bad input.

import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LemmaError, type StepChecker, type StepVerdict, type StreamEvent } from "@lemma/protocol";
import { writeRandomModel } from "../test/random-model.ts";
import { loadModel, type Model } from "./model.ts";
import type { GenerateOptions, LoadOptions } from "./model-options.ts";

let folder = "";
let file = "";
let model: Model;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lemma-model-"));
  file = path.join(folder, "tiny.gguf");
  await writeRandomModel(file, { seed: 3, context: 512 });
  model = await loadModel({ modelPath: file, threads: 1, maxSequences: 8 });
});
after(async () => {
  await model?.dispose();
  await rm(folder, { recursive: true });
});

async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function textOf(events: StreamEvent[], type: "reasoning-delta" | "text-delta", choice = 0): string {
  return events.map((event) => (event.type === type && event.choice === choice ? event.text : "")).join("");
}

test("info describes the loaded model", () => {
  assert.equal(model.info.architecture, "qwen3");
  assert.equal(model.info.chatTemplate, "lemma");
  assert.equal(model.info.contextLength, 512);
  assert.equal(model.info.tensorType, "F32");
  assert.equal(model.info.threads, 1);
  assert.equal(model.info.kvType, "f16");
});

test("generates from every form of input", async () => {
  const options = { maxTokens: 5, temperature: 0 };
  const text = "<|user|>hi<|assistant|><think>";
  const inputs = [
    "hi",
    [{ role: "user" as const, content: "hi" }],
    { text },
    { tokens: model.tokenize(text, { control: true }) },
  ];
  const results = await Promise.all(inputs.map((input) => model.generate(input, options)));
  for (const { choices, usage } of results) {
    assert.deepEqual(choices, results[0]!.choices);
    assert.equal(choices[0]!.tokens.length, 5);
    assert.equal(choices[0]!.finishReason, "length");
    assert.deepEqual(usage, { promptTokens: 5, cachedTokens: 0, completionTokens: 5, reasoningTokens: 5 });
  }
  assert.equal(model.detokenize(model.tokenize("hi<|user|>")), "hi<|user|>");
});

test("a stream carries what generate returns", async () => {
  const options = { maxTokens: 60, seed: 4, n: 3, logprobs: 2 };
  const { choices, usage } = await model.generate("stream", options);
  const events = await collect(model.stream("stream", options));
  for (const [i, choice] of choices.entries()) {
    assert.equal(textOf(events, "reasoning-delta", i), choice.reasoning);
    assert.equal(textOf(events, "text-delta", i), choice.text);
    const own = events.filter((event) => event.choice === i);
    const last = own.at(-1)!;
    assert.equal(last.type, "finish");
    assert.equal(own.filter((event) => event.type === "finish").length, 1);
    const channel = (type: string) =>
      own.flatMap((event) => (event.type === type ? (event as { logprobs?: object[] }).logprobs! : []));
    assert.deepEqual(channel("reasoning-delta"), choice.logprobs!.reasoning);
    assert.deepEqual(channel("text-delta"), choice.logprobs!.text);
  }
  const finishes = events.filter((event) => event.type === "finish");
  assert.deepEqual(finishes.at(-1)!.usage, usage);
});

test("same seed, same tokens: alone, in a batch, with n", async () => {
  const options = { maxTokens: 40, seed: 11, temperature: 0.9, topK: 50, topP: 0.95 };
  const alone = (await model.generate("determinism", options)).choices[0]!;
  const noise = Array.from({ length: 12 }, (_, i) =>
    model.generate("x".repeat(3 + 17 * i), { maxTokens: 10 + 5 * i, seed: i }),
  );
  const [together, several] = await Promise.all([
    model.generate("determinism", options),
    model.generate("determinism", { ...options, n: 4 }),
    ...noise,
  ]);
  assert.deepEqual(together.choices[0], alone);
  assert.deepEqual(several.choices[0], alone);
  assert.equal(several.choices.length, 4);
  assert.notDeepEqual(several.choices[1]!.tokens, alone.tokens);
  const other = (await model.generate("determinism", { ...options, seed: 12 })).choices[0]!;
  assert.notDeepEqual(other.tokens, alone.tokens);
});

test("penalties and biases change what is drawn, alone and in a batch alike", async () => {
  const options = { maxTokens: 30, temperature: 0, ignoreEnd: true };
  const plain = (await model.generate("bias", options)).choices[0]!.tokens;
  const first = plain[0]!;
  const banned = (await model.generate("bias", { ...options, logitBias: { [first]: -100 } })).choices[0]!.tokens;
  assert.ok(!banned.includes(first));
  const forced = (await model.generate("bias", { ...options, logitBias: { 77: 100 } })).choices[0]!.tokens;
  assert.deepEqual([...new Set(forced)], [77]);
  const spread = { ...options, logitBias: { 77: 100, 78: 100 }, frequencyPenalty: 2 };
  const mixed = (await model.generate("bias", spread)).choices[0]!.tokens;
  assert.deepEqual([...new Set(mixed)].sort(), [77, 78], "a penalty by count makes the two take turns");
  assert.ok(Math.abs(mixed.filter((token) => token === 77).length - 15) <= 4);
  const penalised = { maxTokens: 40, seed: 3, repetitionPenalty: 1.4, presencePenalty: 0.5, frequencyPenalty: 0.2 };
  const alone = (await model.generate("penalty", penalised)).choices[0]!.tokens;
  const [together] = await Promise.all([
    model.generate("penalty", penalised),
    ...Array.from({ length: 5 }, (_, i) => model.generate("y".repeat(5 + 9 * i), { maxTokens: 20, seed: i })),
  ]);
  assert.deepEqual(together.choices[0]!.tokens, alone);
});

test("log-probabilities are the model's own", async () => {
  const { choices } = await model.generate("lp", { maxTokens: 8, temperature: 0, logprobs: 3 });
  const choice = choices[0]!;
  const all = [...choice.logprobs!.reasoning, ...choice.logprobs!.text];
  assert.equal(all.length, choice.tokens.filter((token) => !model.tokenizer.isControl(token)).length);
  for (const { logprob, top } of all) {
    assert.equal(top.length, 3);
    assert.ok(Math.abs(top[0]!.logprob - logprob) < 1e-6, "greedy takes the most likely");
    assert.ok(top[0]!.logprob >= top[1]!.logprob && top[1]!.logprob >= top[2]!.logprob);
  }
  const prompt = model.renderChat([{ role: "user", content: "lp" }]).tokens;
  const scored = await model.score(
    { tokens: Uint32Array.from([...prompt, ...choice.tokens]) },
    { logitsAt: prompt.length - 1 },
  );
  for (const [i, logprob] of choice.tokenLogprobs!.entries()) {
    assert.ok(Math.abs(scored.logprobs[prompt.length + i]! - logprob) < 1e-4, `token ${i}`);
  }
  assert.equal(scored.logits!.length, model.info.vocabularySize);
  const best = scored.logits!.indexOf(Math.max(...scored.logits!));
  assert.equal(best, choice.tokens[0]);
  const warm = await model.generate("lp", { maxTokens: 8, temperature: 3, seed: 1, logprobs: 0 });
  const again = await model.score({ tokens: Uint32Array.from([...prompt, ...warm.choices[0]!.tokens]) });
  for (const [i, logprob] of warm.choices[0]!.tokenLogprobs!.entries()) {
    assert.ok(Math.abs(again.logprobs[prompt.length + i]! - logprob) < 1e-4, `warm token ${i}`);
  }
  const bare = await model.generate("lp", { maxTokens: 8, temperature: 3, seed: 1, tokenLogprobs: true });
  assert.deepEqual(bare.choices[0]!.tokenLogprobs, warm.choices[0]!.tokenLogprobs);
  assert.equal(bare.choices[0]!.logprobs, undefined);
});

test("stop strings end the answer and are not part of it", async () => {
  const options = { maxTokens: 60, temperature: 0, thinking: false };
  const plain = (await model.generate("stop", options)).choices[0]!;
  assert.ok(plain.text.length > 6, "the model must write an answer");
  const stop = plain.text.slice(3, 6);
  const cut = (await model.generate("stop", { ...options, stop })).choices[0]!;
  assert.equal(cut.text, plain.text.slice(0, plain.text.indexOf(stop)));
  assert.equal(cut.finishReason, "stop");
  assert.deepEqual((await model.generate("stop", { ...options, stop: ["never so", stop] })).choices[0], cut);
});

/** Remembers what it was fed and gives a verdict per line. */
class LineChecker implements StepChecker {
  fed = "";
  ended = 0;
  #index = 0;
  push(text: string): StepVerdict[] {
    this.fed += text;
    return this.#verdict(text);
  }
  end(): StepVerdict[] {
    this.ended++;
    return this.#verdict("end");
  }
  #verdict(text: string): StepVerdict[] {
    const index = this.#index++;
    return [{ verdict: "unknown", reason: "prose", index, text, start: 0, end: 0, from: [], withdrawn: false }];
  }
}

test("a checker hears the thought and its verdicts are events", async () => {
  const checkers: LineChecker[] = [];
  const options: GenerateOptions = {
    maxTokens: 12,
    seed: 2,
    n: 2,
    checker: (choice) => {
      const made = new LineChecker();
      checkers[choice] = made;
      return made;
    },
  };
  const events = await collect(model.stream("check", options));
  for (const choice of [0, 1]) {
    const reasoning = textOf(events, "reasoning-delta", choice);
    assert.equal(checkers[choice]!.fed, reasoning);
    assert.equal(checkers[choice]!.ended, 1);
    const own = events.filter((event) => event.choice === choice);
    const deltas = own.filter((event) => event.type === "reasoning-delta").length;
    assert.equal(own.filter((event) => event.type === "step-verdict").length, deltas + 1);
    assert.equal(own.at(-1)!.type, "finish");
  }
  const single = new LineChecker();
  const { choices } = await model.generate("check", { maxTokens: 12, seed: 2, checker: single });
  assert.equal(choices[0]!.reasoning, single.fed);
  assert.ok(choices[0]!.steps!.length > 0);
  await assert.rejects(model.generate("check", { n: 2, checker: single }), { code: "LEMMA_E_OPTION" });
});

test("a checker that throws ends its own request only", async () => {
  const bad: StepChecker = {
    push() {
      throw new Error("checker broke");
    },
    end: () => [],
  };
  const [broken, fine] = await Promise.allSettled([
    model.generate("a", { maxTokens: 20, checker: bad }),
    model.generate("a", { maxTokens: 20, temperature: 0 }),
  ]);
  assert.equal(broken.status, "rejected");
  assert.match(String(broken.reason), /checker broke/);
  assert.equal(fine.status, "fulfilled");
});

test("abort ends a generation early, and leaving a stream cancels it", async () => {
  // A context so long that no generation ends by itself before JavaScript hears of its first token, however busy the machine is.
  const long = path.join(folder, "long.gguf");
  await writeRandomModel(long, { seed: 3, context: 1 << 15 });
  await using model = await loadModel({ modelPath: long, threads: 1, maxSequences: 4 });
  const controller = new AbortController();
  const events: StreamEvent[] = [];
  for await (const event of model.stream("abort", { ignoreEnd: true, signal: controller.signal })) {
    events.push(event);
    controller.abort();
  }
  const last = events.at(-1)!;
  assert.ok(last.type === "finish" && last.finishReason === "abort");

  const late = new AbortController();
  const pending = model.generate("abort", { ignoreEnd: true, signal: late.signal });
  late.abort();
  assert.equal((await pending).choices[0]!.finishReason, "abort");
  await assert.rejects(model.generate("abort", { signal: AbortSignal.abort() }), { code: "LEMMA_E_ABORTED" });

  for await (const _ of model.stream("abort", { ignoreEnd: true, n: 4 })) break;
  for (let i = 0; i < 200 && model.stats().running > 0; i++) await sleep(5);
  assert.equal(model.stats().running, 0);
  assert.equal(model.stats().pagesUsed, 0);
});

test("a known beginning is not computed again, and changes nothing", async () => {
  await using fresh = await loadModel({ modelPath: file, threads: 1, maxSequences: 4 });
  await using without = await loadModel({ modelPath: file, threads: 1, maxSequences: 4, prefixCacheBytes: 0 });
  const input = { text: `<|user|>${"1+2=3;".repeat(20)}<|assistant|><think>` };
  const options = { maxTokens: 20, seed: 5, logprobs: 2, ignoreEnd: true };
  const cold = await fresh.generate(input, options);
  const warm = await fresh.generate(input, options);
  const never = await without.generate(input, options);
  assert.deepEqual(warm.choices, cold.choices);
  assert.deepEqual(never.choices, cold.choices);
  const pages = Math.floor((cold.usage.promptTokens - 1) / 32) * 32;
  assert.ok(pages >= 64);
  assert.deepEqual(
    [cold, warm, never, await without.generate(input, options)].map(({ usage }) => usage.cachedTokens),
    [0, pages, 0, 0],
  );
  for (const other of [{ tenant: "other" }, { cacheSalt: "other" }]) {
    assert.equal((await fresh.generate(input, { ...options, ...other })).usage.cachedTokens, 0);
    assert.equal((await fresh.generate(input, { ...options, ...other })).usage.cachedTokens, pages);
  }
  const stats = fresh.stats();
  assert.equal(stats.cachedTokens, 3 * pages);
  assert.equal(stats.pagesUsed, 0);
  assert.ok(stats.pagesCached > 0 && stats.pagesCached < stats.pagesTotal);
});

test("too little memory makes requests wait in turn, and one that can't fit an error", async () => {
  await using small = await loadModel({
    modelPath: file,
    threads: 1,
    maxSequences: 6,
    contextLength: 256,
    cacheBytes: 1 << 18,
  });
  const stats = small.stats();
  const options = { maxTokens: 200, ignoreEnd: true };
  await assert.rejects(small.generate("x", { ...options, n: 6 }), (error) => {
    assert.ok(LemmaError.isInstance(error));
    assert.equal(error.code, "LEMMA_E_MEMORY");
    assert.match(error.message, /^the KV cache of this request needs \d+ bytes, \d+ are allowed$/);
    return true;
  });
  const seeds = [1, 2, 3, 4, 5, 6];
  const together = await Promise.all(
    seeds.map((seed) => small.generate(`${seed}`, { ...options, seed, priority: seed - 3 })),
  );
  for (const seed of seeds) {
    const alone = await model.generate(`${seed}`, { ...options, seed });
    assert.deepEqual(together[seed - 1]!.choices, alone.choices);
  }
  assert.ok(stats.pagesTotal < 6 * 8, `${stats.pagesTotal} pages`);
  assert.ok(small.stats().preempted > 0);
});

test("unknown options and unfit values name themselves", async () => {
  const cases: [GenerateOptions | Record<string, unknown>, RegExp][] = [
    [{ temprature: 1 }, /option "temprature": expected one of temperature, /],
    [{ temperature: -1 }, /option "temperature": expected a number from 0 to 100, found -1/],
    [{ topP: 0 }, /topP/],
    [{ topK: 1.5 }, /topK/],
    [{ minP: Number.NaN }, /minP/],
    [{ repetitionPenalty: 0 }, /repetitionPenalty": expected a number above 0 and at most 100, found 0/],
    [{ repetitionWindow: -1 }, /repetitionWindow/],
    [{ presencePenalty: 3 }, /presencePenalty": expected a number from -2 to 2, found 3/],
    [{ frequencyPenalty: Number.NaN }, /frequencyPenalty/],
    [
      { logitBias: { a: 1 } },
      /logitBias": expected an object of token ids and biases from -100 to 100, found an object/,
    ],
    [{ logitBias: { 5: 101 } }, /logitBias/],
    [{ logitBias: { 100000: 1 } }, /logitBias": expected token ids below \d+, found 100000/],
    [{ seed: -1 }, /seed/],
    [{ stop: [""] }, /stop/],
    [{ stop: Array.from({ length: 17 }, () => "x") }, /stop/],
    [{ maxTokens: 0 }, /maxTokens/],
    [{ n: 0 }, /"n"/],
    [{ n: 9 }, /n/],
    [{ logprobs: 21 }, /logprobs/],
    [{ thinking: "no" }, /thinking/],
    [{ signal: {} }, /signal/],
    [{ checker: 3 }, /checker/],
    [{ priority: 11 }, /priority/],
    [{ tenant: "x".repeat(257) }, /tenant/],
    [{ tenantWeight: 0 }, /tenantWeight/],
    [{ cacheSalt: 3 }, /cacheSalt/],
  ];
  for (const [options, message] of cases) {
    await assert.rejects(model.generate("x", options as GenerateOptions), (error) => {
      assert.ok(LemmaError.isInstance(error), String(error));
      assert.equal(error.code, "LEMMA_E_OPTION");
      assert.match(error.message, message);
      return true;
    });
  }
  for (const input of [
    null,
    3,
    {},
    { text: 3 },
    { tokens: [1] },
    { text: "a", tokens: new Uint32Array() },
    [{ role: "user" }],
    [{ role: "root", content: "" }],
  ]) {
    await assert.rejects(model.generate(input as never), { code: "LEMMA_E_OPTION" }, JSON.stringify(input));
  }
  await assert.rejects(model.generate({ tokens: Uint32Array.of(99999) }), { code: "LEMMA_E_OPTION" });
  await assert.rejects(model.generate([]), { code: "LEMMA_E_TEMPLATE" });
});

test("a prompt that does not fit is an error with both numbers; a full context ends with length", async () => {
  await assert.rejects(model.generate({ text: "x".repeat(600) }), (error) => {
    assert.ok(LemmaError.isInstance(error));
    assert.equal(error.code, "LEMMA_E_CONTEXT");
    assert.deepEqual(error.details, { prompt: 600, context: 512 });
    return true;
  });
  const { choices, usage } = await model.generate({ text: "x".repeat(500) }, { ignoreEnd: true, temperature: 0 });
  assert.equal(choices[0]!.finishReason, "length");
  assert.ok(usage.promptTokens + usage.completionTokens <= 513, JSON.stringify(usage));
});

test("a full queue refuses with an overload error", async () => {
  await using small = await loadModel({ modelPath: file, threads: 1, maxSequences: 1, maxQueue: 2 });
  const options = { ignoreEnd: true, maxTokens: 100 };
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => small.generate("x", options)));
  const refused = results.filter((result) => result.status === "rejected");
  assert.ok(refused.length >= 8, `${refused.length} refused`);
  for (const { reason } of refused) {
    const error = reason as LemmaError;
    assert.equal(error.code, "LEMMA_E_OVERLOADED");
    assert.ok(Number.isInteger(error.retryAfter) && error.retryAfter! >= 1, error.message);
  }
  assert.ok(results.some((result) => result.status === "fulfilled"));
});

test("disposal in mid-generation ends every request with abort, and later calls are refused", async () => {
  const doomed = await loadModel({ modelPath: file, threads: 1, maxSequences: 4, mmap: false });
  const running = Array.from({ length: 10 }, (_, i) => doomed.generate(`${i}`, { ignoreEnd: true }));
  const stream = collect(doomed.stream("s", { ignoreEnd: true }));
  await sleep(20);
  await Promise.all([doomed.dispose(), doomed.dispose()]);
  for (const result of await Promise.all(running)) assert.match(result.choices[0]!.finishReason, /abort|length/);
  assert.equal((await stream).at(-1)!.type, "finish");
  await assert.rejects(doomed.generate("x"), { code: "LEMMA_E_DISPOSED" });
  await assert.rejects(collect(doomed.stream("x")), { code: "LEMMA_E_DISPOSED" });
  assert.throws(() => doomed.stats(), { code: "LEMMA_E_DISPOSED" });
  await doomed.dispose();
});

test("loading names what is wrong", async () => {
  const cut = path.join(folder, "cut.gguf");
  await writeRandomModel(cut);
  await truncate(cut, 20000);
  const text = path.join(folder, "text.gguf");
  await writeFile(text, "not a model");
  const cases: [LoadOptions | Record<string, unknown>, string][] = [
    [{ modelPath: path.join(folder, "none.gguf") }, "LEMMA_E_FILE"],
    [{ modelPath: cut }, "LEMMA_E_MODEL_FORMAT"],
    [{ modelPath: text }, "LEMMA_E_MODEL_FORMAT"],
    [{ modelPath: file, device: "cuda:0" }, "LEMMA_E_DEVICE"],
    [{ modelPath: file, contextLength: 100000 }, "LEMMA_E_OPTION"],
    [{ modelPath: file, contextLenght: 10 }, "LEMMA_E_OPTION"],
    [{ modelPath: file, cacheBytes: 10 }, "LEMMA_E_MEMORY"],
    [{ modelPath: file, kvType: "bf16" }, "LEMMA_E_OPTION"],
    [{}, "LEMMA_E_OPTION"],
  ];
  for (const [options, code] of cases)
    await assert.rejects(loadModel(options as LoadOptions), { code }, JSON.stringify(options));
});

test("an F32 cache: twice the memory, other log-probabilities, the same tokens alone and in a batch", async () => {
  await using wide = await loadModel({ modelPath: file, threads: 1, maxSequences: 8, kvType: "f32" });
  assert.equal(wide.info.kvType, "f32");
  assert.equal(wide.info.cacheBytes, 2 * model.info.cacheBytes);
  const tokens = wide.tokenize("hello 3x+2=17 and the rest");
  const [fine, coarse] = await Promise.all([wide.score({ tokens }), model.score({ tokens })]);
  const apart = Math.max(...fine.logprobs.map((logprob, i) => Math.abs(logprob - coarse.logprobs[i]!)));
  assert.ok(apart > 0 && apart < 0.05, `${apart}`);
  const ask = async (i: number): Promise<number[]> => {
    const { choices } = await wide.generate({ text: `${i}*${i}=` }, { seed: i, maxTokens: 100 });
    return [...choices[0]!.tokens];
  };
  const together = await Promise.all([0, 1, 2, 3, 4, 5].map(ask));
  for (const [i, tokens] of together.entries()) assert.deepEqual(tokens, await ask(i));
});

test("an 8-bit cache: 9/16 of the memory, log-probabilities close by, the same tokens alone and in a batch", async () => {
  await using narrow = await loadModel({ modelPath: file, threads: 1, maxSequences: 8, kvType: "q8_0" });
  assert.equal(narrow.info.kvType, "q8_0");
  assert.equal(narrow.info.cacheBytes * 16, 9 * model.info.cacheBytes);
  const tokens = narrow.tokenize("hello 3x+2=17 and the rest");
  const [coarse, fine] = await Promise.all([narrow.score({ tokens }), model.score({ tokens })]);
  const apart = Math.max(...fine.logprobs.map((logprob, i) => Math.abs(logprob - coarse.logprobs[i]!)));
  assert.ok(apart > 0 && apart < 0.1, `${apart}`);
  const ask = async (i: number): Promise<number[]> => {
    const { choices } = await narrow.generate({ text: `${i}*${i}=` }, { seed: i, maxTokens: 100 });
    return [...choices[0]!.tokens];
  };
  const together = await Promise.all([0, 1, 2, 3].map(ask));
  for (const [i, reply] of together.entries()) assert.deepEqual(reply, await ask(i));
});

test("a model with a foreign template goes through Jinja, safely", async () => {
  const foreign = path.join(folder, "foreign.gguf");
  const template = "{% for m in messages %}<|user|>[{{ m.content | upper }}]{% endfor %}<|assistant|>";
  await writeRandomModel(foreign, { template });
  await using other = await loadModel({ modelPath: foreign, threads: 1 });
  assert.equal(other.info.chatTemplate, "");
  const { text, tokens } = other.renderChat([{ role: "user", content: "a<|end|>" }]);
  assert.equal(text, "<|user|>[A<|END|>]<|assistant|>");
  assert.equal([...tokens].filter((token) => other.tokenizer.isControl(token)).length, 2);
  assert.equal((await other.generate("a", { maxTokens: 2 })).usage.promptTokens, 5);
});
