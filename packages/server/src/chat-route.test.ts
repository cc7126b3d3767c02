// The edges of the protocol on a paced model: overload, late errors, keep-alive, disconnects, draining, slow readers.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { type Pace, PacedModel, until } from "../test/paced-model.ts";
import { type CreateServerOptions, createServer, type LemmaServer } from "./server.ts";

const servers: LemmaServer[] = [];
after(async () => {
  for (const server of servers) await server.drain(0);
});

function start(pace: Pace = {}, options: CreateServerOptions = {}): { server: LemmaServer; model: PacedModel } {
  const model = new PacedModel(pace);
  const server = createServer({ models: { paced: model }, ...options });
  servers.push(server);
  return { server, model };
}

const question = { model: "paced", messages: [{ role: "user", content: "2+2" }] };
const post = (server: LemmaServer, body: object) =>
  server.app.inject({ method: "POST", url: "/v1/chat/completions", payload: body });
const fetchChat = (url: string, body: object, signal?: AbortSignal) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

test("a whole reply has OpenAI's shape and DeepSeek's cache fields", async () => {
  const { server } = start({ pieces: ["4", "2"] });
  const response = await post(server, question);
  assert.equal(response.statusCode, 200);
  const { id, created, system_fingerprint, ...rest } = response.json();
  assert.match(id, /^chatcmpl-[0-9a-f]{24}$/);
  assert.match(system_fingerprint, /^fp_/);
  assert.ok(Math.abs(created - Date.now() / 1000) < 60);
  assert.deepEqual(rest, {
    object: "chat.completion",
    model: "paced",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: "42", reasoning_content: "" },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: {
      prompt_tokens: 3,
      completion_tokens: 2,
      total_tokens: 5,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: 0 },
      prompt_cache_hit_tokens: 1,
      prompt_cache_miss_tokens: 2,
    },
  });
});

test("max_tokens beyond the context is cut to it", async () => {
  const { server, model } = start();
  await post(server, { ...question, max_tokens: 2 ** 40 });
  assert.equal(model.asked[0]?.options.maxTokens, 4096);
});

test("a full queue answers 503 with retry-after, streaming or not", async () => {
  const error = new LemmaError("LEMMA_E_OVERLOADED", { waiting: 9, limit: 8, retryAfter: 7 });
  const { server } = start({ failure: { after: 0, error } });
  for (const stream of [false, true]) {
    const response = await post(server, { ...question, stream });
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers["retry-after"], "7");
    assert.equal(response.headers["x-should-retry"], "true");
    assert.equal(response.json().error.code, "LEMMA_E_OVERLOADED");
  }
});

test("callers are told apart by their key, which the model never hears", async () => {
  const { server, model } = start();
  for (const authorization of ["Bearer sk-1", "Bearer sk-2", "Bearer sk-1", undefined]) {
    const headers = authorization === undefined ? {} : { authorization };
    const lemma = { priority: 3, cache_salt: "project" };
    await server.app.inject({ method: "POST", url: "/v1/chat/completions", headers, payload: { ...question, lemma } });
  }
  const [first, second, again, nobody] = model.asked.map(({ options }) => options);
  assert.equal(first?.tenant, again?.tenant);
  assert.notEqual(first?.tenant, second?.tenant);
  assert.doesNotMatch(first?.tenant ?? "", /sk-1/);
  assert.equal(nobody?.tenant, "");
  assert.deepEqual([first?.priority, first?.cacheSalt], [3, "project"]);
});

test("an engine option that the model refuses names the wire field", async () => {
  const error = new LemmaError("LEMMA_E_OPTION", { option: "topK", expected: "less", found: "more" });
  const { server } = start({ failure: { after: 0, error } });
  const response = await post(server, question);
  assert.equal(response.statusCode, 400);
  assert.equal(response.json().error.param, "top_k");
});

test("a defect is a 500 that tells nothing of this machine", async () => {
  const { server } = start({ failure: { after: 0, error: new Error("/secret/path") } });
  const response = await post(server, question);
  assert.equal(response.statusCode, 500);
  assert.doesNotMatch(response.body, /secret/);
});

test("a stream that fails in the middle ends in an error event, without [DONE]", async () => {
  const { server } = start({ pieces: ["a", "b"], failure: { after: 1, error: new LemmaError("LEMMA_E_MEMORY") } });
  const { body, statusCode } = await post(server, { ...question, stream: true });
  assert.equal(statusCode, 200);
  assert.match(body, /"content":"a"/);
  assert.match(body, /data: \{"error":\{.*LEMMA_E_MEMORY/);
  assert.doesNotMatch(body, /\[DONE\]/);
});

test("a stream that waits sends keep-alive comments; late errors travel inside", async () => {
  const slow = { firstMs: 200, pieces: ["a"] };
  const fine = await post(start(slow, { keepAliveMs: 20 }).server, { ...question, stream: true });
  assert.match(fine.body, /^(: keep-alive\n\n)+data: /);
  assert.match(fine.body, /data: \[DONE\]\n\n$/);
  const failure = { after: 0, error: new LemmaError("LEMMA_E_OVERLOADED") };
  const late = await post(start({ ...slow, failure }, { keepAliveMs: 20 }).server, { ...question, stream: true });
  assert.equal(late.statusCode, 200);
  assert.match(late.body, /LEMMA_E_OVERLOADED/);
});

test("a whole reply that waits sends blank lines and stays valid JSON", async () => {
  const { server } = start({ firstMs: 200 }, { keepAliveMs: 20 });
  const response = await post(server, question);
  assert.match(response.body, /^\n+\{/);
  assert.equal(response.json().choices[0].message.content, "4");
  assert.match(String(response.headers["x-request-id"]), /^req_/);
  const failure = { after: 0, error: new LemmaError("LEMMA_E_MEMORY") };
  const late = await post(start({ firstMs: 200, failure }, { keepAliveMs: 20 }).server, question);
  assert.equal(late.statusCode, 200);
  assert.equal(late.json().error.code, "LEMMA_E_MEMORY");
});

test("a client that goes away ends its generation, streaming or not", async () => {
  for (const stream of [true, false]) {
    for (const keepAliveMs of [20, 4_000]) {
      const { server, model } = start({ pieces: Array(10_000).fill("x"), eachMs: 5 }, { keepAliveMs });
      const url = await server.listen("127.0.0.1", 0);
      const gone = new AbortController();
      const reading = fetchChat(url, { ...question, stream }, gone.signal).then((response) => response.text());
      await until(() => model.running === 1, "the generation begins");
      if (stream || keepAliveMs === 20) await new Promise((resolve) => setTimeout(resolve, 50));
      gone.abort();
      await assert.rejects(reading);
      await until(() => model.running === 0, "the generation ends");
      await until(() => server.inFlight.count === 0, "nothing is in flight");
      assert.equal(model.begun, 1);
    }
  }
});

test("a socket that is torn down ends its generation", async () => {
  const { server, model } = start({ pieces: Array(10_000).fill("x"), eachMs: 5 });
  const { port } = new URL(await server.listen("127.0.0.1", 0));
  const socket = connect(Number(port), "127.0.0.1");
  const body = JSON.stringify(question);
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await until(() => model.running === 1, "the generation begins");
  socket.resetAndDestroy();
  await until(() => model.running === 0 && server.inFlight.count === 0, "the generation ends");
});

test("signs of life to a client that has gone harm nobody", async () => {
  const { server, model } = start({ firstMs: 300, isDeaf: true }, { keepAliveMs: 20 });
  const url = await server.listen("127.0.0.1", 0);
  for (const stream of [true, false]) {
    await assert.rejects(
      fetchChat(url, { ...question, stream }, AbortSignal.timeout(100)).then((reply) => reply.text()),
    );
  }
  await until(() => model.begun === 2 && model.running === 0 && server.inFlight.count === 0, "both end");
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});

test("draining: running work finishes, new work is refused, readiness goes away", async () => {
  const { server, model } = start({ pieces: ["a", "b", "c"], eachMs: 40 });
  const running = post(server, { ...question, stream: true });
  await until(() => model.running === 1, "the generation begins");
  const drained = server.drain(5_000);
  const refused = await post(server, question);
  assert.equal(refused.statusCode, 503);
  assert.equal(refused.json().error.code, "LEMMA_E_DRAINING");
  assert.equal(refused.headers.connection, "close");
  assert.equal((await server.app.inject("/readyz")).statusCode, 503);
  assert.equal((await server.app.inject("/healthz")).statusCode, 200);
  assert.match((await running).body, /"content":"c".*\[DONE\]/s);
  await drained;
});

test("draining: what runs past the limit is aborted and says why", async () => {
  const { server, model } = start({ pieces: Array(10_000).fill("x"), eachMs: 5 }, { keepAliveMs: 20 });
  const stream = post(server, { ...question, stream: true });
  const whole = post(server, question);
  await until(() => model.running === 2, "both begin");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.drain(20);
  assert.equal(model.running, 0);
  assert.match((await stream).body, /LEMMA_E_DRAINING/);
  assert.equal((await whole).json().error.code, "LEMMA_E_DRAINING");
});

test("a slow reader holds up only itself, and a stalled one is cut off", async () => {
  const { server, model } = start({ pieces: Array(400).fill("x".repeat(65_536)) }, { stalledReaderMs: 300 });
  const url = await server.listen("127.0.0.1", 0);
  const stalled = connect(Number(new URL(url).port), "127.0.0.1");
  const body = JSON.stringify({ ...question, stream: true });
  stalled.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  stalled.once("readable", () => stalled.pause());
  stalled.on("error", () => {});
  await until(() => model.running === 1, "the stalled generation begins");
  const other = await (await fetchChat(url, { ...question, stream: true })).text();
  assert.match(other, /\[DONE\]/);
  await until(() => model.running === 0, "the stalled generation ends");
  stalled.destroy();
});

test("before the models are loaded: 503 and not ready; then ready", async () => {
  const server = createServer();
  servers.push(server);
  assert.equal((await server.app.inject("/readyz")).json().error.code, "LEMMA_E_LOADING");
  assert.equal((await post(server, question)).json().error.code, "LEMMA_E_LOADING");
  server.models.add("paced", new PacedModel(), 1_700_000_000, "r1");
  server.models.ready();
  assert.deepEqual((await server.app.inject("/readyz")).json(), { status: "ready", models: ["paced"] });
  assert.equal((await post(server, question)).statusCode, 200);
});

test("step verdicts: an unknown task is refused before anything is generated; each choice has its own checker", async () => {
  const { server, model } = start();
  const response = await post(server, { ...question, lemma: { step_verdicts: true, task: "cooking" } });
  assert.equal(response.statusCode, 400);
  const { error } = response.json();
  assert.deepEqual([error.code, error.param], ["LEMMA_E_TASK", "lemma.task"]);
  assert.match(error.message, /known: .*linear-equations/);
  assert.equal(model.begun, 0);
  await post(server, { ...question, n: 2, lemma: { step_verdicts: true } });
  const checker = model.asked[0]?.options.checker;
  assert.notEqual(checker?.(0), checker?.(1));
  const [step] = checker?.(0).push("2+2=4\n") ?? [];
  assert.equal(step?.verdict, "proved");
});

test("64 streams at once all arrive whole", async () => {
  const pieces = Array.from({ length: 50 }, (_, i) => `${i} `);
  const { server, model } = start({ pieces, eachMs: 1 });
  const url = await server.listen("127.0.0.1", 0);
  const replies = await Promise.all(
    Array.from({ length: 64 }, async () => (await fetchChat(url, { ...question, stream: true })).text()),
  );
  for (const reply of replies) {
    const text = [...reply.matchAll(/"content":"(\d+ )"/g)].map((match) => match[1]).join("");
    assert.equal(text, pieces.join(""));
    assert.ok(reply.endsWith("data: [DONE]\n\n"));
  }
  assert.equal(model.begun, 64);
  assert.equal(model.running, 0);
});

test("draining closes connections that were opened ahead of a request", async () => {
  const { server } = start();
  const { port } = new URL(await server.listen("127.0.0.1", 0));
  const socket = connect(Number(port), "127.0.0.1");
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
  await server.drain(5_000);
  await closed;
});
