// @lemma/client against a listening server: the two agree on every shape that they share.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Lemma, LemmaError, type StreamEvent } from "@lemma/client";
import { createServer } from "../src/index.ts";
import { PacedModel, until } from "./paced-model.ts";
import { loadRealModel, MAX_TOKENS, QUESTION, type RealModel } from "./real-model.ts";

const slow = new PacedModel({ firstMs: 4_000 });
const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const server = createServer({ keepAliveMs: 100 });
let lemma: Lemma;
let real: RealModel;
before(async () => {
  real = await loadRealModel();
  for (const [id, model] of Object.entries({ random: real.model, slow, endless }))
    server.models.add(id, model, 1, "r1");
  server.models.ready();
  lemma = new Lemma({ baseURL: await server.listen("127.0.0.1", 0), timeout: 2_000, maxRetries: 0 });
});
after(async () => {
  await server.drain(0);
  await real.dispose();
});

test("chat and stream say what the engine says directly: texts, steps, log-probabilities, usage", async () => {
  const sampling = { seed: real.seed, temperature: 1, maxTokens: MAX_TOKENS, n: 2, logprobs: 1 };
  const direct = await real.model.generate(QUESTION, sampling);
  const request = { model: "random", messages: QUESTION, ...sampling, stepVerdicts: true };
  const reply = await lemma.chat(request);
  assert.ok(reply.reasoning && reply.text && reply.steps);
  const events: StreamEvent[] = [];
  for await (const event of lemma.stream(request)) events.push(event);
  for (const [index, choice] of direct.choices.entries()) {
    const whole = reply.choices[index]!;
    assert.deepEqual(
      [whole.reasoning, whole.text, whole.finishReason],
      [choice.reasoning, choice.text, choice.finishReason],
    );
    assert.deepEqual(whole.logprobs, choice.logprobs);
    const own = events.filter((event) => event.choice === index);
    for (const [type, text, logprobs] of [
      ["reasoning-delta", choice.reasoning, choice.logprobs?.reasoning],
      ["text-delta", choice.text, choice.logprobs?.text],
    ] as const) {
      const deltas = own.flatMap((event) => (event.type === type ? [event] : []));
      assert.equal(deltas.map((event) => event.text).join(""), text);
      assert.deepEqual(
        deltas.flatMap((event) => event.logprobs ?? []),
        logprobs,
      );
    }
    const steps = own.flatMap((event) => (event.type === "step-verdict" ? [event.step] : []));
    assert.deepEqual(steps.at(-1), whole.steps?.at(-1));
  }
  const { usage } = reply;
  assert.equal(usage.completionTokens, direct.usage.completionTokens);
  const last = events.at(-1);
  assert.deepEqual(last?.type === "finish" && { ...last.usage, cachedTokens: 0 }, { ...usage, cachedTokens: 0 });
});

test("a model that thinks longer than the client's silence limit is waited for", async () => {
  const streamed = async (): Promise<StreamEvent[]> => {
    const events: StreamEvent[] = [];
    for await (const event of lemma.stream({ model: "slow", messages: "x" })) events.push(event);
    return events;
  };
  const [reply, events] = await Promise.all([lemma.chat({ model: "slow", messages: "x" }), streamed()]);
  assert.equal(reply.text, "4");
  assert.equal(events.length, 2);
});

test("errors arrive as what they were", async () => {
  await assert.rejects(lemma.chat({ model: "nobody", messages: "x" }), (error) => {
    assert.ok(LemmaError.isInstance(error));
    assert.equal(error.code, "LEMMA_E_MODEL_NOT_FOUND");
    assert.match(error.message, /served: random, slow, endless/);
    return true;
  });
  await assert.rejects(lemma.chat({ model: "random", messages: [] }), { code: "LEMMA_E_REQUEST" });
});

test("leaving a stream, and aborting a call, end the generation", async () => {
  for await (const event of lemma.stream({ model: "endless", messages: "x" })) if (event.type === "text-delta") break;
  await until(() => endless.running === 0, "the stream's generation ends");
  const controller = new AbortController();
  const call = lemma.chat({ model: "endless", messages: "x", signal: controller.signal });
  await until(() => endless.running === 1, "the call's generation begins");
  controller.abort();
  await assert.rejects(call, { code: "LEMMA_E_ABORTED" });
  await until(() => endless.running === 0, "the call's generation ends");
});

test("models", async () => {
  assert.deepEqual(
    (await lemma.models()).map(({ id }) => id),
    ["random", "slow", "endless"],
  );
});
