// Hostile and broken requests: every one gets a typed error and the server goes on serving.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { ERRORS, type WireError } from "@lemma/protocol";
import { PacedModel } from "../test/paced-model.ts";
import { createServer } from "./server.ts";

const model = new PacedModel();
const server = createServer({ models: { paced: model }, bodyLimitBytes: 2 * 1024 * 1024 });
let base = "";
before(async () => {
  base = await server.listen("127.0.0.1", 0);
});
after(() => server.drain(0));

const JSON_TYPE = { "content-type": "application/json" };
const send = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
  server.app.inject({ method: "POST", url: "/v1/chat/completions", payload: body, headers });

/** Checks status and that the body is exactly OpenAI's four keys and the hint, with a catalogue code. */
function assertError(response: { statusCode: number; body: string }, status: number, code: string): WireError["error"] {
  assert.equal(response.statusCode, status, response.body);
  const { error } = JSON.parse(response.body) as WireError;
  assert.deepEqual(Object.keys(error).sort(), ["code", "hint", "message", "param", "type"]);
  assert.ok(error.code in ERRORS);
  assert.equal(error.code, code);
  return error;
}

const notJson: [string, string | Buffer][] = [
  ["nothing", ""],
  ["half an object", '{"model": "paced"'],
  ["a single quote", "{'model':'paced'}"],
  ["NaN", '{"model":"paced","temperature":NaN}'],
  ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["an overlong encoding", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ["a byte order mark", "\uFEFF{}"],
  ["a zero byte", '{"model":"a\0"}'],
  ["two documents", "{}{}"],
];
for (const [name, body] of notJson) {
  test(`not JSON: ${name}`, async () => {
    assertError(await send(body), 400, "LEMMA_E_JSON");
  });
}

test("another content type is refused: a page of another site can't send a simple request", async () => {
  const body = JSON.stringify({ model: "paced", messages: [{ role: "user", content: "x" }] });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    assertError(await send(body, { "content-type": type }), 400, "LEMMA_E_JSON");
  }
  const response = await server.app.inject({
    method: "OPTIONS",
    url: "/v1/chat/completions",
    headers: { origin: "https://evil.example" },
  });
  assertError(response, 405, "LEMMA_E_METHOD");
  assert.equal(response.headers["access-control-allow-origin"], undefined);
});

test("a foreign Host header is refused, local ones pass", async () => {
  for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]"]) {
    const response = await server.app.inject({ url: "/v1/models", headers: { host } });
    assert.equal(assertError(response, 400, "LEMMA_E_REQUEST").param, "Host header");
  }
  for (const host of ["localhost:8000", "127.0.0.1:8123", "[::1]:80", "lemma.localhost"]) {
    assert.equal((await server.app.inject({ url: "/v1/models", headers: { host } })).statusCode, 200);
  }
});

test("deep nesting: in a known field a typed error, in an unknown one ignored", async () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  assertError(await send(`{"model":"paced","messages":${deep}}`), 400, "LEMMA_E_REQUEST");
  assertError(await send(deep), 400, "LEMMA_E_REQUEST");
  const fine = await send(`{"model":"paced","messages":[{"role":"user","content":"x"}],"metadata":${deep}}`);
  assert.equal(fine.statusCode, 200);
});

test("prototype keys change nothing", async () => {
  const body =
    '{"model":"paced","messages":[{"role":"user","content":"x","__proto__":{"role":"system"}}],"__proto__":{"stream":true,"n":5},"constructor":{"prototype":{"polluted":1}}}';
  const response = await send(body);
  assert.equal(response.statusCode, 200);
  assert.equal(response.json().choices.length, 1);
  assert.deepEqual(model.asked.at(-1)?.input, [{ role: "user", content: "x" }]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assertError(await send('{"__proto__":{"model":"paced","messages":[]}}'), 400, "LEMMA_E_REQUEST");
});

test("names of Object.prototype are no models", async () => {
  for (const id of ["__proto__", "constructor", "toString", "../../etc/passwd", "x".repeat(100_000)]) {
    const response = await send(JSON.stringify({ model: id, messages: [{ role: "user", content: "x" }] }));
    const error = assertError(response, 404, "LEMMA_E_MODEL_NOT_FOUND");
    assert.equal(error.param, "model");
    assert.ok(error.message.length < 300);
  }
});

test("huge numbers", async () => {
  for (const field of ["max_tokens", "n", "seed", "temperature", "top_logprobs"]) {
    const body = `{"model":"paced","messages":[{"role":"user","content":"x"}],"logprobs":true,"${field}":1e400}`;
    assert.equal(assertError(await send(body), 400, "LEMMA_E_REQUEST").param, field);
  }
});

test("a body over the limit is 413, announced or not", async () => {
  assertError(await send(" ".repeat(2 * 1024 * 1024 + 1)), 413, "LEMMA_E_BODY_SIZE");
  const chunks = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const streamed = await fetch(`${base}/v1/chat/completions`, {
    method: "POST",
    body: chunks,
    headers: JSON_TYPE,
    duplex: "half",
  } as RequestInit).then(
    async (response) => ({ statusCode: response.status, body: await response.text() }),
    () => undefined, // the connection may close before fetch has read the answer
  );
  if (streamed) assertError(streamed, 413, "LEMMA_E_BODY_SIZE");
});

test("10,000 messages are read in order", async () => {
  const messages = Array.from({ length: 10_000 }, (_, i) => ({
    role: i % 2 ? "assistant" : "user",
    content: String(i),
  }));
  assert.equal((await send(JSON.stringify({ model: "paced", messages }))).statusCode, 200);
  assert.equal(model.asked.at(-1)?.input.length, 10_000);
  assert.equal(model.asked.at(-1)?.input[9_999]?.content, "9999");
});

test("lone surrogates arrive as text", async () => {
  const body = '{"model":"paced","messages":[{"role":"user","content":"\\ud800 x"}]}';
  assert.equal((await send(body)).statusCode, 200);
});

test("wrong routes and methods", async () => {
  assertError(await server.app.inject("/nothing"), 404, "LEMMA_E_ROUTE");
  assertError(await server.app.inject(`/${"x".repeat(5_000)}`), 404, "LEMMA_E_ROUTE");
  assertError(await server.app.inject("/v1/models/nobody"), 404, "LEMMA_E_MODEL_NOT_FOUND");
  assertError(await server.app.inject("/v1/models/%E0%A4%A"), 400, "LEMMA_E_JSON");
  const response = await server.app.inject("/v1/chat/completions");
  assertError(response, 405, "LEMMA_E_METHOD");
  assert.equal(response.headers.allow, "POST");
  assertError(await server.app.inject({ method: "DELETE", url: "/v1/models" }), 405, "LEMMA_E_METHOD");
});

test("bytes that are no HTTP get the same error body", async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () => socket.write("NOT HTTP\r\n\r\n"));
    let text = "";
    socket.on("data", (piece) => {
      text += piece;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
  const [head, body] = answer.split("\r\n\r\n");
  assert.match(head!, /^HTTP\/1\.1 400 /);
  assert.equal((JSON.parse(body!) as WireError).error.code, "LEMMA_E_JSON");
});

test("request ids: a harmless one is kept, any other replaced", async () => {
  const id = async (given: string) =>
    (await server.app.inject({ url: "/healthz", headers: { "x-request-id": given } })).headers["x-request-id"];
  assert.equal(await id("my-id.1"), "my-id.1");
  assert.match(String(await id("a b<script>")), /^req_/);
  assert.match(String(await id("x".repeat(500))), /^req_/);
});

test("after all this the server still answers", async () => {
  const body = JSON.stringify({ model: "paced", messages: [{ role: "user", content: "x" }] });
  const response = await fetch(`${base}/v1/chat/completions`, { method: "POST", body, headers: JSON_TYPE });
  assert.equal(response.status, 200);
  assert.equal(model.running, 0);
});
