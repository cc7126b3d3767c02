// @lemma/client against a listening server: the two agree on every shape that they share.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Lemma, LemmaError, type StreamEvent } from "@lemma/client";
import { createServer } from "../src/index.ts";
import { PacedModel, until } from "./paced-model.ts";

const model = new PacedModel({ thought: ["2+2", "=4"], pieces: ["The sum ", "is ", "4."] });
const slow = new PacedModel({ firstMs: 600 });
const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const server = createServer({ models: { paced: model, slow, endless }, keepAliveMs: 100 });
let lemma: Lemma;
before(async () => {
  lemma = new Lemma({ baseURL: await server.listen("127.0.0.1", 0), timeout: 300, maxRetries: 0 });
});
after(() => server.drain(0));

test("chat and stream say the same", async () => {
  const reply = await lemma.chat({ model: "paced", messages: "2+2?", n: 2 });
  assert.deepEqual([reply.reasoning, reply.text, reply.choices.length], ["2+2=4", "The sum is 4.", 2]);
  const events: StreamEvent[] = [];
  for await (const event of lemma.stream({ model: "paced", messages: "2+2?", n: 2 })) events.push(event);
  for (const choice of [0, 1]) {
    const own = events.filter((event) => event.choice === choice);
    const joined = (type: string) =>
      own.map((event) => (event.type === type && "text" in event ? event.text : "")).join("");
    assert.equal(joined("reasoning-delta"), reply.choices[choice]?.reasoning);
    assert.equal(joined("text-delta"), reply.choices[choice]?.text);
  }
  assert.deepEqual(events.at(-1), { type: "finish", choice: 1, finishReason: "stop", usage: reply.usage });
});

test("a model that thinks longer than the client's silence limit is waited for", async () => {
  assert.equal((await lemma.chat({ model: "slow", messages: "x" })).text, "4");
  const events: StreamEvent[] = [];
  for await (const event of lemma.stream({ model: "slow", messages: "x" })) events.push(event);
  assert.equal(events.length, 2);
});

test("errors arrive as what they were", async () => {
  await assert.rejects(lemma.chat({ model: "nobody", messages: "x" }), (error) => {
    assert.ok(LemmaError.isInstance(error));
    assert.equal(error.code, "LEMMA_E_MODEL_NOT_FOUND");
    assert.match(error.message, /served: paced, slow, endless/);
    return true;
  });
  await assert.rejects(lemma.chat({ model: "paced", messages: [] }), { code: "LEMMA_E_REQUEST" });
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
    ["paced", "slow", "endless"],
  );
});
