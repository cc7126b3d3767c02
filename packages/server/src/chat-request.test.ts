// What each field of a request becomes, and what a wrong one is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { questionOf, readChatRequest } from "./chat-request.ts";

const user = { role: "user", content: "2+2" };
const read = (fields: object) => readChatRequest({ model: "m", messages: [user], ...fields });

test("a minimal request has no options, so the model's own defaults hold", () => {
  const request = read({});
  assert.deepEqual(request.options, {});
  assert.equal(request.stream, false);
});

test("every sampling field becomes its engine option", () => {
  const { options } = read({
    temperature: 0.5,
    top_p: 0.9,
    top_k: 40,
    min_p: 0.1,
    presence_penalty: 0.2,
    frequency_penalty: -0.3,
    repetition_penalty: 1.2,
    logit_bias: { 42: -100 },
    seed: 7,
    stop: "END",
    max_tokens: 100,
    n: 2,
    logprobs: true,
    top_logprobs: 3,
    thinking: { type: "disabled" },
  });
  assert.deepEqual(options, {
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    minP: 0.1,
    presencePenalty: 0.2,
    frequencyPenalty: -0.3,
    repetitionPenalty: 1.2,
    logitBias: { 42: -100 },
    seed: 7,
    stop: ["END"],
    maxTokens: 100,
    n: 2,
    logprobs: 3,
    thinking: false,
  });
});

test("edge values that other servers accept keep their meaning", () => {
  assert.ok(read({ top_p: 0 }).options.topP! > 0);
  assert.equal(read({ top_k: -1 }).options.topK, 0);
  assert.equal(read({ seed: -1 }).options.seed, 2 ** 53 - 1);
  assert.equal(read({ max_tokens: 9, max_completion_tokens: 5 }).options.maxTokens, 5);
  assert.equal(read({ logprobs: true }).options.logprobs, 0);
  assert.equal(read({ reasoning_effort: "none" }).options.thinking, false);
  assert.equal(read({ reasoning_effort: "high" }).options.thinking, undefined);
  assert.deepEqual(read({ temperature: null, stop: null, n: null, thinking: null }).options, {});
});

test("a stop string may have 256 bytes", () => {
  for (const stop of ["a".repeat(256), `${"解".repeat(85)}a`]) assert.deepEqual(read({ stop }).options.stop, [stop]);
});

test("messages: developer is system, parts are joined, earlier thoughts are dropped", () => {
  const { messages } = readChatRequest({
    model: "m",
    messages: [
      { role: "developer", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "2" },
          { type: "text", text: "+2" },
        ],
      },
      { role: "assistant", content: "4", reasoning_content: "2+2=4" },
      { role: "user", content: "and 3+3?", name: "ann" },
    ],
  });
  assert.deepEqual(messages, [
    { role: "system", content: "Be brief." },
    { role: "user", content: "2+2" },
    { role: "assistant", content: "4" },
    { role: "user", content: "and 3+3?" },
  ]);
  assert.equal(questionOf(messages), "and 3+3?");
});

test("fields that ask for nothing, and unknown fields, pass", () => {
  read({ tools: [], tool_choice: "auto", response_format: { type: "text" }, logit_bias: {}, frequency_penalty: 0 });
  read({ store: true, metadata: { a: "b" }, service_tier: "auto", some_new_field: { deep: [1] } });
});

const refused: [name: string, fields: object, param: string, message: RegExp][] = [
  ["no messages", { messages: [] }, "messages", /at least 1 entries, found a list of 0/],
  ["messages of a wrong type", { messages: "hi" }, "messages", /expected a list, found "hi"/],
  ["a role that is none", { messages: [{ role: "robot", content: "x" }] }, "messages[0].role", /"developer" or "user"/],
  [
    "an image",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
    "messages[0].content[0].type",
    /expected "text", found "image_url"/,
  ],
  [
    "a number as content",
    { messages: [user, { role: "user", content: 5 }] },
    "messages[1].content",
    /expected a string or a list or null, found 5/,
  ],
  ["no content", { messages: [{ role: "user" }] }, "messages[0].content", /found nothing/],
  ["null from a user", { messages: [{ role: "user", content: null }] }, "messages[0].content", /found null/],
  [
    "tool calls in the history",
    { messages: [{ role: "assistant", content: "", tool_calls: [{}] }] },
    "messages[0].tool_calls",
    /calls no tools/,
  ],
  ["a model that is no text", { model: 5 }, "model", /expected a string, found 5/],
  ["a temperature above 2", { temperature: 2.5 }, "temperature", /at most 2, found 2.5/],
  ["a temperature as text", { temperature: "hot" }, "temperature", /expected a number, found "hot"/],
  ["a huge max_tokens", { max_tokens: 1e300 }, "max_tokens", /at most 9007199254740991/],
  ["half a token", { max_tokens: 1.5 }, "max_tokens", /an integer, found 1.5/],
  ["no token", { max_tokens: 0 }, "max_tokens", /at least 1, found 0/],
  ["too many choices", { n: 1000 }, "n", /at most 128/],
  ["an empty stop string", { stop: "" }, "stop", /at least 1 characters, found ""/],
  ["an empty stop string in a list", { stop: ["a", ""] }, "stop[1]", /at least 1 characters/],
  ["a stop string of 257 bytes", { stop: "a".repeat(257) }, "stop", /at most 256 bytes of UTF-8, found "a/],
  [
    "a stop string of 86 characters, 258 bytes",
    { stop: ["a", "解".repeat(86)] },
    "stop[1]",
    /at most 256 bytes of UTF-8/,
  ],
  ["too many stop strings", { stop: Array(17).fill("a") }, "stop", /at most 16 entries/],
  ["top_logprobs alone", { top_logprobs: 2 }, "top_logprobs", /logprobs to be true/],
  ["tools", { tools: [{ type: "function" }] }, "tools", /calls none yet, found a list of 1/],
  ["a JSON schema", { response_format: { type: "json_schema" } }, "response_format", /expected \{"type":"text"\}/],
  ["audio", { modalities: ["text", "audio"] }, "modalities", /expected \["text"\]/],
  ["a presence penalty above 2", { presence_penalty: 2.5 }, "presence_penalty", /at most 2, found 2.5/],
  ["a frequency penalty as text", { frequency_penalty: "1" }, "frequency_penalty", /expected a number, found "1"/],
  ["a repetition penalty of 0", { repetition_penalty: 0 }, "repetition_penalty", /expected above 0, found 0/],
  ["a bias above 100", { logit_bias: { 5: 101 } }, "logit_bias.5", /at most 100, found 101/],
  ["a bias for a word", { logit_bias: { yes: 1 } }, "logit_bias", /expected token ids as keys, found an object/],
  ["a bias for half a token", { logit_bias: { "1.5": 1 } }, "logit_bias", /token ids as keys/],
  ["biases as a list", { logit_bias: [1] }, "logit_bias", /expected a record, found a list of 1/],
  ["an unknown field of lemma's own", { lemma: { step_verdict: true } }, "lemma.step_verdict", /a documented field/],
  [
    "a prototype key in lemma",
    { lemma: JSON.parse('{"__proto__":{"task":"x"}}') },
    "lemma.__proto__",
    /a documented field/,
  ],
];

for (const [name, fields, param, message] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => read(fields),
      (thrown) => {
        assert.ok(LemmaError.isInstance(thrown));
        assert.equal(thrown.code, "LEMMA_E_REQUEST");
        assert.equal(thrown.details.field, param);
        assert.match(thrown.message, message);
        return true;
      },
    );
  });
}

for (const body of [null, 5, "text", [], undefined]) {
  test(`refused: ${JSON.stringify(body)} as body`, () => {
    assert.throws(() => readChatRequest(body), /body: expected a JSON object/);
  });
}
