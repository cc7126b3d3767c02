// `"lemma":{"verified":true}` over HTTP: shapes whole and streamed, what is refused, many at once, disconnects. The rule of choice is
// tested where it lives (packages/verify); here it is on the wire.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Lemma, type StreamEvent } from "@lemma/client";
import { type ChatCompletion, type ChatCompletionChunk, LemmaError } from "@lemma/protocol";
import { AttemptingModel, type ScriptedReply } from "../test/attempting-model.ts";
import { until } from "../test/paced-model.ts";
import { createServer, type LemmaServer } from "./server.ts";

const servers: LemmaServer[] = [];
after(async () => {
  for (const server of servers) await server.drain(0);
});

const QUESTION = "What is 20+22?";
const says = (value: number): ScriptedReply => ({ thought: [`20+22=${value}`], pieces: ["\\boxed{", `${value}}`] });
const ask = (lemma: object, more: object = {}) => ({
  model: "m",
  messages: [{ role: "user", content: QUESTION }],
  ...more,
  lemma: { verified: true, ...lemma },
});

function start(...replies: ScriptedReply[]): { server: LemmaServer; model: AttemptingModel } {
  const model = new AttemptingModel(() => replies);
  const server = createServer({ models: { m: model }, keepAliveMs: 100 });
  servers.push(server);
  return { server, model };
}
const post = (server: LemmaServer, payload: object) =>
  server.app.inject({ method: "POST", url: "/v1/chat/completions", payload });
const chunksOf = (body: string): ChatCompletionChunk[] => {
  const events = body.split("\n\n").filter((event) => event.startsWith("data: "));
  assert.equal(events.pop(), "data: [DONE]", body);
  return events.map((event) => JSON.parse(event.slice(6)) as ChatCompletionChunk);
};

const PROVED = { verdict: "proved", method: "exact", task: "addition-subtraction", by: "recomputing" };

test("a whole reply: the first that passes, how many were tried, the tokens of all", async () => {
  const { server, model } = start(says(41), says(42));
  const response = await post(server, ask({}, { seed: 3, temperature: 0.5, max_tokens: 77, stop: "!" }));
  assert.equal(response.statusCode, 200, response.body);
  const { choices, usage } = response.json<ChatCompletion>();
  assert.deepEqual(choices[0]!.message, {
    role: "assistant",
    reasoning_content: "20+22=42",
    content: "\\boxed{42}",
    lemma: { verified: { ...PROVED, attempts: 2 } },
  });
  assert.deepEqual([usage.prompt_tokens, usage.completion_tokens, usage.total_tokens], [6, 6, 12]);
  assert.equal(usage.completion_tokens_details.reasoning_tokens, 2);
  const sampling = model.asked.map(({ options: { temperature, maxTokens, stop } }) => [temperature, maxTokens, stop]);
  assert.deepEqual(
    sampling,
    [0, 0.5].map((temperature) => [temperature, 77, ["!"]]),
  );
  assert.deepEqual([model.asked[0]!.options.seed, model.asked[1]!.options.seed === 3], [3, false]);
});

test("a stream: thoughts as they come, one answer, what was taken back by name; usage at the end", async () => {
  const { server } = start(says(41), says(42));
  const response = await post(
    server,
    ask({ step_verdicts: true }, { stream: true, stream_options: { include_usage: true } }),
  );
  const chunks = chunksOf(response.body);
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  const order = deltas.map((delta) => Object.keys(delta.lemma ?? delta).join());
  assert.deepEqual(order, [
    "role,content", "reasoning_content", "step", "withdrawn", "reasoning_content", "step", "content", "content", "verified", "",
  ]); // biome-ignore format: short
  assert.deepEqual(deltas[3]!.lemma!.withdrawn, {
    verdict: "refuted", witness: { left: "41", right: "42" }, attempt: 1, text: "\\boxed{41}",
  }); // biome-ignore format: short
  assert.deepEqual(
    deltas.flatMap(({ lemma }) => lemma?.verified ?? []),
    [{ ...PROVED, attempts: 2 }],
  );
  assert.deepEqual(
    deltas.flatMap(({ lemma }) => lemma?.step?.verdict ?? []),
    ["refuted", "proved"],
  );
  assert.equal(deltas.map(({ content }) => content ?? "").join(""), "\\boxed{42}");
  assert.equal(chunks.at(-1)!.usage?.completion_tokens, 6);
  assert.ok(chunks.slice(0, -1).every(({ usage }) => usage === null));
});

test("none passes: as many attempts as allowed, 8 unless said otherwise, and the best marked", async () => {
  for (const [lemma, attempts] of [
    [{}, 8],
    [{ attempts: 1 }, 1],
    [{ attempts: 32 }, 32],
  ] as const) {
    const { server, model } = start(says(41));
    const { choices } = (await post(server, ask(lemma))).json<ChatCompletion>();
    const { verified } = choices[0]!.message.lemma!;
    assert.deepEqual([verified?.verdict, verified?.attempts, model.begun], ["refuted", attempts, attempts]);
    assert.equal(choices[0]!.message.content, "\\boxed{41}");
  }
});

test("n choices, each checked; the task named, or none that can check", async () => {
  const { server, model } = start(says(41), says(42));
  const { choices } = (await post(server, ask({ task: "addition-subtraction" }, { n: 3 }))).json<ChatCompletion>();
  assert.deepEqual(choices.map(({ index, message }) => [index, message.lemma?.verified?.attempts]), [[0, 2], [1, 1], [2, 1]]); // biome-ignore format: short
  assert.equal(model.begun, 4);
  const streamed = chunksOf((await post(server, ask({}, { n: 2, stream: true }))).body);
  assert.deepEqual(
    [0, 1].map(
      (n) => streamed.filter(({ choices }) => choices[0]?.index === n && choices[0].finish_reason === "stop").length,
    ),
    [1, 1],
  );
  const other = start(says(41));
  const free = await post(other.server, { ...ask({}), messages: [{ role: "user", content: "Sing a song." }] });
  assert.deepEqual(free.json<ChatCompletion>().choices[0]!.message.lemma, {
    verified: { verdict: "unknown", reason: "unsupported", attempts: 1 },
  });
});

test("hostile values are refused with the field's name, and nothing is generated", async () => {
  const { server, model } = start(says(42));
  const cases: [object | null, string][] = [
    [{ verified: "yes" }, "lemma.verified"],
    [{ verified: 1 }, "lemma.verified"],
    [{ verified: null }, "lemma.verified"],
    [{ attempts: 0 }, "lemma.attempts"],
    [{ attempts: -1 }, "lemma.attempts"],
    [{ attempts: 33 }, "lemma.attempts"],
    [{ attempts: 1.5 }, "lemma.attempts"],
    [{ attempts: "8" }, "lemma.attempts"],
    [{ attempts: 1e300 }, "lemma.attempts"],
    [{ attempts: [8] }, "lemma.attempts"],
    [{ verified: false, attempts: 8 }, "lemma.attempts"],
    [{ verify: true }, "lemma.verify"],
    [{ task: "no-such-task" }, "lemma.task"],
    [{ task: "__proto__" }, "lemma.task"],
  ];
  for (const [lemma, param] of cases) {
    for (const stream of [false, true]) {
      const response = await post(server, ask(lemma ?? {}, { stream }));
      assert.equal(response.statusCode, 400, JSON.stringify(lemma));
      assert.equal(response.json().error.param, param, response.body);
    }
  }
  const alone = await post(server, { ...ask({}), lemma: { attempts: 8 } });
  assert.match(alone.json().error.message, /lemma\.attempts: expected lemma\.verified to be true as well, found 8/);
  assert.equal(model.begun, 0);
});

test("replies that would break a checker are judged, not believed", async () => {
  const bombs = [
    "9^9^9^9^9",
    `${"(".repeat(20_000)}42`,
    `${"\\frac{1}{".repeat(5_000)}`,
    "42\u0000",
    "\\sqrt[0]{42}",
    "1/0",
  ];
  const { server } = start(
    ...bombs.map((text) => ({ thought: [`${text}=42\n`], pieces: [`\\boxed{${text}}`] })),
    says(42),
  );
  const { choices } = (await post(server, ask({}))).json<ChatCompletion>();
  const { verified } = choices[0]!.message.lemma!;
  assert.deepEqual([choices[0]!.message.content, verified?.attempts], ["\\boxed{42}", bombs.length + 1]);
});

test("many at once: each is answered for its own question", async () => {
  const model = new AttemptingModel((question) => {
    const [a = 0, b = 0] = question.match(/\d+/g)!.map(Number);
    const reply = (value: number) => ({ pieces: [`\\boxed{${value}}`], pace: { firstMs: 1 + (a % 5) } });
    return [reply(a + b + 1), ...(a % 3 === 0 ? [reply(a - b)] : []), reply(a + b)];
  });
  const server = createServer({ models: { m: model } });
  servers.push(server);
  const base = await server.listen("127.0.0.1", 0);
  const lemma = new Lemma({ baseURL: base, maxRetries: 0, timeout: 120_000 });
  const numbers = Array.from({ length: 60 }, (_, i) => i + 11);
  const replies = await Promise.all(
    numbers.map(async (a) => {
      const request = { model: "m", messages: `What is ${a}+22?`, verified: true };
      if (a % 2 === 0) return lemma.chat(request);
      const events: StreamEvent[] = [];
      for await (const event of lemma.stream(request)) events.push(event);
      const text = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("");
      const [verified] = events.flatMap((event) => (event.type === "verified" ? [event.verified] : []));
      const withdrawn = events.flatMap((event) =>
        event.type === "attempt-withdrawn" ? [event.withdrawn.attempt] : [],
      );
      assert.deepEqual(
        withdrawn,
        Array.from({ length: verified!.attempts - 1 }, (_, i) => i + 1),
      );
      return { text, verified };
    }),
  );
  for (const [i, { text, verified }] of replies.entries()) {
    const a = numbers[i]!;
    assert.deepEqual([text, verified?.attempts], [`\\boxed{${a + 22}}`, a % 3 === 0 ? 3 : 2]);
  }
  assert.equal(model.running, 0);
});

test("a client that leaves ends the attempt that runs, and no further one begins", async () => {
  const endless: ScriptedReply = {
    thought: ["20+22=4"],
    pieces: Array<string>(100_000).fill("x"),
    pace: { eachMs: 5 },
  };
  for (const stream of [false, true]) {
    const { server, model } = start(says(41), endless);
    const url = await server.listen("127.0.0.1", 0);
    const controller = new AbortController();
    const call = fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ask({}, { stream })),
      signal: controller.signal,
    }).then((response) => response.text());
    await until(() => model.begun === 2 && model.running === 1, "the second attempt runs");
    controller.abort();
    await assert.rejects(call);
    await until(() => model.running === 0, "it ends");
    await until(() => server.inFlight.count === 0, "the request is over");
    assert.equal(model.begun, 2);
  }
});

test("a failure in a later attempt is an error of the request; a full queue is not", async () => {
  const failing = (error: Error): ScriptedReply => ({ pieces: ["x"], pace: { failure: { after: 0, error } } });
  const broken = start(says(41), failing(new LemmaError("LEMMA_E_DISPOSED")));
  assert.equal((await post(broken.server, ask({}))).statusCode, 409);
  const streamed = await post(broken.server, ask({}, { stream: true }));
  assert.match(streamed.body, /LEMMA_E_DISPOSED/);
  const full = failing(new LemmaError("LEMMA_E_OVERLOADED", { waiting: 2, limit: 1, retryAfter: 3 }));
  const { choices } = (await post(start(says(41), full).server, ask({}))).json<ChatCompletion>();
  assert.deepEqual([choices[0]!.message.content, choices[0]!.message.lemma?.verified?.attempts], ["\\boxed{41}", 1]);
  assert.equal((await post(start(full).server, ask({}, { stream: true }))).statusCode, 503);
});

test("without a thought the stream stays alive while the answer is held", async () => {
  const slow: ScriptedReply = { pieces: ["\\boxed{", "42", "}"], pace: { eachMs: 250 } };
  const { server } = start(slow);
  const { body } = await post(server, ask({}, { stream: true, thinking: { type: "disabled" } }));
  assert.match(body, /: keep-alive/);
  const deltas = chunksOf(body).flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? ""));
  assert.equal(deltas.join(""), "\\boxed{42}");
});
