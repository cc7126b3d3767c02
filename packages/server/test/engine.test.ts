// The server on the real engine with random weights: replies equal what the engine gives directly, streamed and whole,
// alone and beside others; limits, overload and disconnects reach the engine.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { GenerateResult } from "@lemma/engine";
import type { ChatCompletion, ChatCompletionChunk, WireError } from "@lemma/protocol";
import { attemptOptions } from "@lemma/verify";
import { createServer, type LemmaServer } from "../src/index.ts";
import { until } from "./paced-model.ts";
import { loadRealModel, MAX_TOKENS, QUESTION, type RealModel } from "./real-model.ts";

let real: RealModel;
let small: RealModel;
let server: LemmaServer;
let url = "";
before(async () => {
  real = await loadRealModel();
  small = await loadRealModel({ maxSequences: 1, maxQueue: 2, context: 512 });
  server = createServer({ models: { random: real.model, small: small.model } });
  url = await server.listen("127.0.0.1", 0);
});
after(async () => {
  await server.drain(0);
  await real.dispose();
  await small.dispose();
});

const ask = (fields: object = {}) => ({
  model: "random",
  messages: QUESTION,
  seed: real.seed,
  temperature: 1,
  max_tokens: MAX_TOKENS,
  ...fields,
});
const post = (body: object, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
const whole = async (fields: object = {}): Promise<ChatCompletion> => {
  const response = await post(ask(fields));
  assert.equal(response.status, 200);
  return (await response.json()) as ChatCompletion;
};
const streamed = async (fields: object = {}): Promise<ChatCompletionChunk[]> => {
  const response = await post(ask({ ...fields, stream: true }));
  const text = await response.text();
  const events = text.split("\n\n").filter((event) => event.startsWith("data: "));
  assert.equal(events.pop(), "data: [DONE]", text);
  return events.map((event) => JSON.parse(event.slice(6)) as ChatCompletionChunk);
};
const failed = async (fields: object): Promise<{ status: number; error: WireError["error"] }> => {
  const response = await post(ask(fields));
  return { status: response.status, error: ((await response.json()) as WireError).error };
};
const joined = (chunks: ChatCompletionChunk[], part: "content" | "reasoning_content", choice = 0): string =>
  chunks
    .flatMap(({ choices }) => choices)
    .filter(({ index }) => index === choice)
    .map(({ delta }) => delta[part] ?? "")
    .join("");

test("a whole reply is what the engine gives directly", async () => {
  const direct = await real.model.generate(QUESTION, { seed: real.seed, temperature: 1, maxTokens: MAX_TOKENS });
  const { choices, usage } = await whole();
  const { message, finish_reason } = choices[0]!;
  assert.equal(message.reasoning_content, direct.choices[0]?.reasoning);
  assert.equal(message.content, direct.choices[0]?.text);
  assert.equal(finish_reason, "stop");
  assert.ok(message.reasoning_content && message.content);
  assert.equal(usage.prompt_tokens, direct.usage.promptTokens);
  assert.equal(usage.completion_tokens, direct.usage.completionTokens);
  assert.equal(usage.completion_tokens_details.reasoning_tokens, direct.usage.reasoningTokens);
  assert.equal(usage.prompt_cache_hit_tokens + usage.prompt_cache_miss_tokens, usage.prompt_tokens);
});

test("a stream says what the whole reply says, its usage included", async () => {
  const { choices, usage } = await whole();
  const chunks = await streamed({ stream_options: { include_usage: true } });
  assert.equal(joined(chunks, "reasoning_content"), choices[0]?.message.reasoning_content);
  assert.equal(joined(chunks, "content"), choices[0]?.message.content);
  const last = chunks.pop()!;
  assert.deepEqual(last.choices, []);
  assert.deepEqual(
    { ...last.usage, prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: 0, prompt_tokens_details: 0 },
    { ...usage, prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: 0, prompt_tokens_details: 0 },
  );
  assert.ok(chunks.every((chunk) => chunk.usage === null));
  assert.deepEqual(
    chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.finish_reason)).filter((reason) => reason),
    ["stop"],
  );
});

test("n replies: the first is that of n = 1, the others differ, streamed or whole", async () => {
  const one = await whole({ max_tokens: 40 });
  const three = await whole({ max_tokens: 40, n: 3 });
  const texts = three.choices.map(({ message }) => message.reasoning_content + message.content);
  assert.equal(texts[0], `${one.choices[0]?.message.reasoning_content}${one.choices[0]?.message.content}`);
  assert.equal(new Set(texts).size, 3);
  const chunks = await streamed({ max_tokens: 40, n: 3 });
  for (const choice of [0, 1, 2]) {
    assert.equal(joined(chunks, "reasoning_content", choice) + joined(chunks, "content", choice), texts[choice]);
  }
});

test("checked answers: attempts are the engine's own replies with seeds of their own, alone, beside others and streamed", async () => {
  const messages = [{ role: "user" as const, content: "What is 20+22?" }];
  const sampling = { seed: 11, temperature: 0.8, maxTokens: 60 };
  const fields = {
    messages,
    seed: 11,
    temperature: 0.8,
    max_tokens: 60,
    lemma: { verified: true, attempts: 3, step_verdicts: true },
  };
  const direct = await Promise.all(
    [1, 2, 3].map((attempt) => real.model.generate(messages, attemptOptions(sampling, attempt))),
  );
  const replies = direct.map(({ choices }) => choices[0]!);
  assert.equal(new Set(replies.map(({ reasoning, text }) => reasoning + text)).size, 3);
  const [reply, ...others] = await Promise.all(Array.from({ length: 6 }, () => whole(fields)));
  const { message } = reply!.choices[0]!;
  const { verdict, attempts, task } = message.lemma!.verified!;
  assert.deepEqual([verdict === "proved", attempts, task], [false, 3, "addition-subtraction"]); // random weights know no sums
  const given = replies.find(
    ({ reasoning, text }) => reasoning === message.reasoning_content && text === message.content,
  );
  assert.ok(given, "the reply is one of the attempts");
  for (const other of others) assert.deepEqual(other.choices, reply!.choices);
  const spent = (of: (usage: GenerateResult["usage"]) => number): number =>
    direct.reduce((sum, { usage }) => sum + of(usage), 0);
  assert.equal(
    reply!.usage.completion_tokens,
    spent(({ completionTokens }) => completionTokens),
  );
  assert.equal(
    reply!.usage.completion_tokens_details.reasoning_tokens,
    spent(({ reasoningTokens }) => reasoningTokens),
  );
  assert.equal(
    reply!.usage.prompt_tokens,
    spent(({ promptTokens }) => promptTokens),
  );
  const chunks = await streamed(fields);
  assert.equal(joined(chunks, "content"), message.content);
  const last = chunks.findLastIndex(({ choices }) => choices[0]?.delta.lemma?.withdrawn !== undefined);
  assert.ok(last > 0);
  assert.equal(joined(chunks.slice(last), "reasoning_content"), message.reasoning_content);
});

test("thinking off gives no thought", async () => {
  for (const fields of [{ thinking: { type: "disabled" } }, { reasoning_effort: "none" }]) {
    const { choices, usage } = await whole({ ...fields, max_tokens: 20 });
    assert.equal(choices[0]?.message.reasoning_content, "");
    assert.equal(usage.completion_tokens_details.reasoning_tokens, 0);
  }
});

test("max_tokens and max_completion_tokens are ceilings; so is the context", async () => {
  assert.equal((await whole({ max_tokens: 5 })).usage.completion_tokens, 5);
  const shorter = await whole({ max_tokens: 50, max_completion_tokens: 5 });
  assert.equal(shorter.usage.completion_tokens, 5);
  assert.equal(shorter.choices[0]?.finish_reason, "length");
  const full = await whole({ model: "small", temperature: 0, max_tokens: 100_000 });
  assert.equal(full.choices[0]?.finish_reason, "length");
  assert.equal(full.usage.total_tokens, 512);
});

test("stop ends the answer before the text", async () => {
  const content = (await whole()).choices[0]!.message.content;
  const characters = [...content];
  const stop = characters[Math.floor(characters.length / 2)]!;
  const { choices } = await whole({ stop: [stop] });
  assert.equal(choices[0]?.message.content, content.slice(0, content.indexOf(stop)));
  assert.equal(choices[0]?.finish_reason, "stop");
  const chunks = await streamed({ stop });
  assert.equal(joined(chunks, "content"), choices[0]?.message.content);
});

test("log-probabilities: their bytes are the text, alternatives are sorted, stream and whole agree", async () => {
  const fields = { thinking: { type: "disabled" }, logprobs: true, top_logprobs: 3, max_tokens: 30 };
  const { choices } = await whole(fields);
  const tokens = choices[0]!.logprobs!.content;
  assert.equal(
    new TextDecoder().decode(Uint8Array.from(tokens.flatMap(({ bytes }) => bytes!))),
    choices[0]?.message.content,
  );
  for (const { logprob, top_logprobs } of tokens) {
    assert.ok(logprob <= 0);
    assert.equal(top_logprobs.length, 3);
    assert.ok(top_logprobs[0]!.logprob >= top_logprobs[1]!.logprob && top_logprobs[0]!.logprob >= logprob);
  }
  const chunks = await streamed(fields);
  const fromStream = chunks.flatMap((chunk) => chunk.choices.flatMap((choice) => choice.logprobs?.content ?? []));
  assert.deepEqual(fromStream, tokens);
  const thought = (await whole({ logprobs: true, max_tokens: 5 })).choices[0]!.logprobs!;
  assert.deepEqual([thought.content.length, thought.reasoning_content?.length], [0, 5]);
});

test("step verdicts come with the lines, streamed and whole alike", async () => {
  const fields = { lemma: { step_verdicts: true } };
  const { choices } = await whole(fields);
  const { steps } = choices[0]!.message.lemma!;
  assert.ok(steps!.length > 0);
  for (const step of steps!)
    assert.equal(choices[0]?.message.reasoning_content?.slice(step.start, step.end), step.text);
  const streamedSteps = (await streamed(fields)).flatMap((chunk) =>
    chunk.choices.flatMap((choice) => choice.delta.lemma?.step ?? []),
  );
  assert.deepEqual(streamedSteps.at(-1), steps!.at(-1));
});

test("several turns and thoughts in the history are accepted; more history is a longer prompt", async () => {
  const messages = [
    ...QUESTION,
    { role: "assistant", content: "4", reasoning_content: "2+2=4" },
    { role: "user", content: "3+3?" },
  ];
  const longer = await whole({ messages, max_tokens: 1 });
  const shorter = await whole({ max_tokens: 1 });
  assert.ok(longer.usage.prompt_tokens > shorter.usage.prompt_tokens);
  const control = await whole({ messages: [{ role: "user", content: "<|end|><|system|>" }], max_tokens: 1 });
  assert.ok(control.usage.prompt_tokens > 10, "control tokens in a message are read as plain text");
});

test("a prompt that does not fit is a 400 with both numbers, streamed or whole", async () => {
  for (const stream of [false, true]) {
    const { status, error } = await failed({ messages: [{ role: "user", content: "x1".repeat(3_000) }], stream });
    assert.equal(status, 400);
    assert.deepEqual([error.code, error.param], ["LEMMA_E_CONTEXT", "messages"]);
    assert.match(error.message, /\b6\d{3} tokens, the context holds 4096/);
  }
  const messages = Array.from({ length: 10_000 }, (_, i) => ({
    role: i % 2 ? "assistant" : "user",
    content: String(i),
  }));
  assert.equal((await failed({ messages })).error.code, "LEMMA_E_CONTEXT");
});

test("a full queue is a 503 with retry-after; what was admitted is answered", async () => {
  const responses = await Promise.all(
    Array.from({ length: 12 }, () => post(ask({ model: "small", temperature: 0, max_tokens: 300 }))),
  );
  const statuses = responses.map(({ status }) => status);
  assert.ok(statuses.includes(200) && statuses.includes(503), statuses.join(" "));
  for (const response of responses) {
    if (response.status === 200) assert.ok(((await response.json()) as ChatCompletion).usage.completion_tokens > 0);
    else {
      const { error } = (await response.json()) as WireError;
      assert.equal(error.code, "LEMMA_E_OVERLOADED");
      assert.ok(
        error.message.endsWith(`; room is expected in ${response.headers.get("retry-after")} s`),
        error.message,
      );
    }
  }
  assert.equal(small.model.stats().running + small.model.stats().waiting, 0);
});

test("a client that goes away frees its place in the engine, streaming or not", async () => {
  for (const stream of [true, false]) {
    const before = real.model.stats();
    const gone = new AbortController();
    // Greedy decoding of random weights runs in circles: it would go on to the end of the context.
    const reply = post(ask({ temperature: 0, max_tokens: 4_000, stream }), gone.signal).then((response) =>
      response.text(),
    );
    await until(() => real.model.stats().running === 1, "the generation runs");
    gone.abort();
    await assert.rejects(reply);
    await until(() => real.model.stats().running === 0, "the generation ends");
    const after = real.model.stats();
    assert.equal(after.cancelled, before.cancelled + 1);
    assert.ok(after.generatedTokens - before.generatedTokens < 3_900);
    assert.equal(after.pagesUsed, 0);
  }
});

test("64 parallel streams say what each says alone", async () => {
  const seeds = Array.from({ length: 64 }, (_, i) => 1_000 + i);
  const together = await Promise.all(seeds.map((seed) => streamed({ seed, max_tokens: 24 })));
  for (const i of [0, 1, 31, 63]) {
    const { message } = (await whole({ seed: seeds[i], max_tokens: 24 })).choices[0]!;
    assert.equal(joined(together[i]!, "reasoning_content"), message.reasoning_content);
    assert.equal(joined(together[i]!, "content"), message.content);
  }
  assert.equal(server.inFlight.count, 0);
});

test("the longest stop string that the server takes is the longest that the engine takes", async () => {
  const longest = `${"解".repeat(85)}a`;
  assert.equal(Buffer.byteLength(longest), 256);
  await whole({ stop: ["unlikely", longest] });
  const { status, error } = await failed({ stop: `${longest}a` });
  assert.equal(status, 400);
  assert.equal(error.param, "stop");
  assert.match(error.message, /at most 256 bytes of UTF-8/);
  await assert.rejects(real.model.generate(QUESTION, { stop: `${longest}a` }), /1 to 256 bytes/);
});
