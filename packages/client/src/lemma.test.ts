// The client against servers that misbehave in every way a test can script. The real server is met in packages/server.

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Lemma, LemmaError, type LemmaOptions, type StreamEvent } from "./index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string, count: number) => void | Promise<void>;
const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

/** A server that answers as told; `requests` are the bodies that came in. */
async function scripted(answer: Answer): Promise<{ url: string; requests: string[]; closed: () => number }> {
  const requests: string[] = [];
  let closed = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    requests.push(body);
    response.on("close", () => {
      if (!response.writableFinished) closed++;
    });
    await answer(request, response, body, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, closed: () => closed };
}

const completion = {
  id: "c1",
  object: "chat.completion",
  created: 1,
  model: "m",
  system_fingerprint: "f",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "x=5", reasoning_content: "3x=15" },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: {
    prompt_tokens: 7,
    completion_tokens: 5,
    total_tokens: 12,
    prompt_tokens_details: { cached_tokens: 2 },
    completion_tokens_details: { reasoning_tokens: 3 },
  },
};
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const errorBody = (code: string, message = code) => ({ error: { message, type: "t", param: "p", code } });
const chunk = (delta: object, finish: string | null = null) =>
  JSON.stringify({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
const client = (url: string, options: LemmaOptions = {}) => new Lemma({ baseURL: url, timeout: 8_000, ...options });
const ask = { model: "m", messages: "2+2?" };

async function failure(promise: Promise<unknown>): Promise<LemmaError> {
  const thrown = await promise.then(
    () => assert.fail("it should have failed"),
    (error: unknown) => error,
  );
  assert.ok(LemmaError.isInstance(thrown), String(thrown));
  return thrown;
}

/** Waits until the server saw exactly one connection end early. */
async function closedOnce(server: { closed: () => number }): Promise<void> {
  for (let i = 0; i < 500 && server.closed() === 0; i++) await sleep(20);
  assert.equal(server.closed(), 1);
}

async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test("chat: options go out in wire names, the reply comes back in the engine's names", async () => {
  const { url, requests } = await scripted((request, response) => {
    assert.equal(request.url, "/v1/chat/completions");
    assert.equal(request.headers.authorization, "Bearer k");
    json(response, 200, completion);
  });
  const reply = await client(url, { apiKey: "k" }).chat({
    ...ask,
    topP: 0.9,
    repetitionPenalty: 1.1,
    presencePenalty: 0.2,
    frequencyPenalty: 0.3,
    logitBias: { 7: -5 },
    maxTokens: 50,
    logprobs: 2,
    thinking: false,
    stepVerdicts: true,
    seed: 1,
  });
  assert.deepEqual(JSON.parse(requests[0]!), {
    model: "m",
    messages: [{ role: "user", content: "2+2?" }],
    top_p: 0.9,
    repetition_penalty: 1.1,
    presence_penalty: 0.2,
    frequency_penalty: 0.3,
    logit_bias: { 7: -5 },
    seed: 1,
    max_tokens: 50,
    logprobs: true,
    top_logprobs: 2,
    thinking: { type: "disabled" },
    lemma: { step_verdicts: true },
  });
  assert.equal(reply.text, "x=5");
  assert.equal(reply.reasoning, "3x=15");
  assert.equal(reply.finishReason, "stop");
  assert.deepEqual(reply.usage, { promptTokens: 7, cachedTokens: 2, completionTokens: 5, reasoningTokens: 3 });
});

test("an unknown option is an error before anything is sent", async () => {
  const request = { ...ask, max_tokens: 5 } as unknown as typeof ask;
  const error = await failure(new Lemma({ baseURL: "http://127.0.0.1:9" }).chat(request));
  assert.equal(error.code, "LEMMA_E_OPTION");
  assert.match(error.message, /max_tokens/);
});

test("stream: events in order, cut anywhere, with CRLF, comments and multi-byte characters", async () => {
  const step = {
    verdict: "proved",
    method: "exact",
    index: 0,
    text: "a=1",
    start: 0,
    end: 3,
    from: [-1],
    withdrawn: false,
  };
  const text = [
    ": keep-alive",
    `data: ${chunk({ role: "assistant", content: "" })}`,
    `data: ${chunk({ reasoning_content: "设a=1" })}`,
    `data: ${chunk({ lemma: { step } })}`,
    `data: ${chunk({ content: "∎🧮" })}`,
    `data: ${chunk({}, "length")}`,
    `data: ${JSON.stringify({ choices: [], usage: completion.usage })}`,
    "data: [DONE]",
    "",
  ].join("\r\n\r\n");
  const bytes = Buffer.from(text);
  const { url } = await scripted(async (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let i = 0; i < bytes.length; i += 7) {
      response.write(bytes.subarray(i, i + 7));
      await new Promise(setImmediate);
    }
    response.end();
  });
  assert.deepEqual(await collect(client(url).stream(ask)), [
    { type: "reasoning-delta", choice: 0, text: "设a=1" },
    { type: "step-verdict", choice: 0, step },
    { type: "text-delta", choice: 0, text: "∎🧮" },
    {
      type: "finish",
      choice: 0,
      finishReason: "length",
      usage: { promptTokens: 7, cachedTokens: 2, completionTokens: 5, reasoningTokens: 3 },
    },
  ]);
});

test("retries: retryable errors, after the time in retry-after, at most maxRetries times", async () => {
  const { url, requests } = await scripted((_, response, __, count) => {
    if (count < 3) json(response, 503, errorBody("LEMMA_E_OVERLOADED"), { "retry-after": "0" });
    else json(response, 200, completion);
  });
  assert.equal((await client(url).chat(ask)).text, "x=5");
  assert.equal(requests.length, 3);
  const busy = await scripted((_, response) => {
    json(response, 503, errorBody("LEMMA_E_OVERLOADED", "the queue is full: 9 requests wait, 8 may"), {
      "retry-after": "0",
    });
  });
  const error = await failure(client(busy.url, { maxRetries: 1 }).chat(ask));
  assert.equal(error.code, "LEMMA_E_OVERLOADED");
  assert.equal(error.message, "the queue is full: 9 requests wait, 8 may");
  assert.equal(busy.requests.length, 2);
});

test("retries: none for a caller's mistake, a long retry-after, or x-should-retry: false", async () => {
  const mistakes: [number, string, Record<string, string>][] = [
    [400, "LEMMA_E_REQUEST", {}],
    [404, "LEMMA_E_MODEL_NOT_FOUND", {}],
    [503, "LEMMA_E_OVERLOADED", { "retry-after": "3600" }],
    [500, "LEMMA_E_INTERNAL", { "x-should-retry": "false" }],
  ];
  for (const [status, code, headers] of mistakes) {
    const { url, requests } = await scripted((_, response) => {
      json(response, status, errorBody(code), headers);
    });
    assert.equal((await failure(client(url).chat(ask))).code, code);
    assert.equal(requests.length, 1);
  }
});

test("a stream that has begun is never tried again", async () => {
  const { url, requests } = await scripted((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${chunk({ content: "a" })}\n\n`);
    setTimeout(() => response.destroy(), 20);
  });
  const error = await failure(collect(client(url).stream(ask)));
  assert.equal(error.code, "LEMMA_E_CONNECTION");
  assert.equal(requests.length, 1);
});

test("an error inside a stream, and one inside a late 200, are the server's errors", async () => {
  const inStream = await scripted((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${chunk({ content: "a" })}\n\ndata: ${JSON.stringify(errorBody("LEMMA_E_MEMORY"))}\n\n`);
  });
  assert.equal((await failure(collect(client(inStream.url).stream(ask)))).code, "LEMMA_E_MEMORY");
  const late = await scripted((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`\n\n${JSON.stringify(errorBody("LEMMA_E_CONTEXT"))}`);
  });
  assert.equal((await failure(client(late.url).chat(ask))).code, "LEMMA_E_CONTEXT");
});

test("a stream that stops without its end mark is an error", async () => {
  const { url } = await scripted((_, response) => {
    response.writeHead(200).end(`data: ${chunk({ content: "a" })}\n\n`);
  });
  assert.match((await failure(collect(client(url).stream(ask)))).message, /ended early/);
});

test("silence longer than timeout is LEMMA_E_TIMEOUT: before the header, and between bytes", async () => {
  const mute = await scripted(() => sleep(5_000, undefined, { ref: false }));
  const error = await failure(client(mute.url, { timeout: 60, maxRetries: 0 }).chat(ask));
  assert.equal(error.code, "LEMMA_E_TIMEOUT");
  assert.match(error.message, /0\.06 s/);
  const stuck = await scripted((_, response) => {
    response.writeHead(200).write(`data: ${chunk({ content: "a" })}\n\n`);
  });
  const late = await failure(collect(client(stuck.url, { timeout: 60 }).stream(ask)));
  assert.equal(late.code, "LEMMA_E_TIMEOUT");
  assert.equal(stuck.requests.length, 1);
  await closedOnce(stuck);
});

test("signs of life keep a call alive far beyond timeout", async () => {
  const alive = async (response: ServerResponse, sign: string): Promise<void> => {
    for (let i = 0; i < 30; i++) {
      response.write(sign);
      await sleep(100);
    }
  };
  const { url } = await scripted(async (_, response, body) => {
    const isStream = JSON.parse(body).stream;
    response.writeHead(200);
    await alive(response, isStream ? ": keep-alive\n\n" : "\n");
    if (isStream) response.end(`data: ${chunk({ content: "4" }, "stop")}\n\ndata: [DONE]\n\n`);
    else response.end(JSON.stringify(completion));
  });
  const lemma = client(url, { timeout: 1_500, maxRetries: 0 });
  const [reply, events] = await Promise.all([lemma.chat(ask), collect(lemma.stream(ask))]);
  assert.equal(reply.text, "x=5");
  assert.equal(events.length, 2);
});

test("the caller's own slowness is not silence", async () => {
  const { url } = await scripted((_, response) => {
    response.writeHead(200);
    response.end(`data: ${chunk({ content: "a" })}\n\ndata: ${chunk({ content: "b" }, "stop")}\n\ndata: [DONE]\n\n`);
  });
  for await (const event of client(url, { timeout: 50 }).stream(ask)) {
    if (event.type === "text-delta") await sleep(120);
  }
});

test("abort: the call ends with LEMMA_E_ABORTED, the request ends, nothing is tried again", async () => {
  const { url, requests, closed } = await scripted(() => sleep(5_000, undefined, { ref: false }));
  const controller = new AbortController();
  const call = failure(client(url).chat({ ...ask, signal: controller.signal }));
  while (requests.length === 0) await sleep(5);
  controller.abort();
  assert.equal((await call).code, "LEMMA_E_ABORTED");
  await closedOnce({ closed });
  assert.equal((await failure(client(url).chat({ ...ask, signal: AbortSignal.abort() }))).code, "LEMMA_E_ABORTED");
  assert.equal(requests.length, 1);
});

test("abort during the pause before a retry ends the call at once", async () => {
  const { url } = await scripted((_, response) => {
    json(response, 503, errorBody("LEMMA_E_OVERLOADED"), { "retry-after": "30" });
  });
  const began = Date.now();
  const error = await failure(client(url).chat({ ...ask, signal: AbortSignal.timeout(100) }));
  assert.equal(error.code, "LEMMA_E_ABORTED");
  assert.ok(Date.now() - began < 5_000);
});

test("leaving a stream early ends the request", async () => {
  const { url, closed } = await scripted((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(`data: ${chunk({ content: "a" })}\n\n`), 5);
    response.on("close", () => clearInterval(timer));
  });
  for await (const _ of client(url).stream(ask)) break;
  await closedOnce({ closed });
});

test("a server that is not there, and answers that are none", async () => {
  const error = await failure(new Lemma({ baseURL: "http://127.0.0.1:9", maxRetries: 0 }).chat(ask));
  assert.equal(error.code, "LEMMA_E_CONNECTION");
  assert.match(error.hint, /npm start/);
  for (const body of ["<html>", "{}", "[]"]) {
    const { url } = await scripted((_, response) => void response.writeHead(200).end(body));
    assert.equal((await failure(client(url, { maxRetries: 0 }).chat(ask))).code, "LEMMA_E_CONNECTION");
  }
  const { url } = await scripted((_, response) => void response.writeHead(502).end("<h1>Bad gateway</h1>"));
  const proxy = await failure(client(url, { maxRetries: 0 }).chat(ask));
  assert.equal(proxy.code, "LEMMA_E_INTERNAL");
  assert.match(proxy.message, /502.*Bad gateway/);
});

test("models, and the base URL with and without a path", async () => {
  const { url } = await scripted((request, response) => {
    json(response, 200, { object: "list", data: [{ id: request.url, object: "model", created: 1, owned_by: "x" }] });
  });
  assert.equal((await new Lemma({ baseURL: url }).models())[0]?.id, "/v1/models");
  assert.equal((await new Lemma({ baseURL: `${url}/` }).models())[0]?.id, "/v1/models");
  assert.equal((await new Lemma({ baseURL: `${url}/openai/v1/` }).models())[0]?.id, "/openai/v1/models");
});
