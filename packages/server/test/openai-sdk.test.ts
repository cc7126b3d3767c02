// The unmodified `openai` SDK against a listening server: what its users call, and what it makes of our errors.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { GenerateResult } from "@lemma/engine";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { createServer } from "../src/index.ts";
import { AttemptingModel } from "./attempting-model.ts";
import { PacedModel, until } from "./paced-model.ts";
import { loadRealModel, MAX_TOKENS, QUESTION, type RealModel } from "./real-model.ts";

interface Chunk {
  choices: {
    index: number;
    delta: { role?: string; content?: string; reasoning_content?: string };
    finish_reason: string | null;
  }[];
  usage?: Usage | null;
}
interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  completion_tokens_details?: { reasoning_tokens?: number };
}
interface Completion {
  choices: {
    index: number;
    message: { content: string; reasoning_content?: string };
    finish_reason: string;
    logprobs?: { content: object[] } | null;
  }[];
  usage: Usage;
}
interface Stream extends AsyncIterable<Chunk> {
  controller: AbortController;
}
interface Client {
  chat: {
    completions: {
      create(body: { model: string; stream: true; [field: string]: unknown }, options?: object): Promise<Stream>;
      create(body: { model: string; stream?: false; [field: string]: unknown }, options?: object): Promise<Completion>;
      stream(body: object): AsyncIterable<Chunk> & {
        finalChatCompletion(): Promise<Completion>;
        on(event: string, f: (text: string) => void): void;
      };
    };
  };
  models: { list(): AsyncIterable<{ id: string }>; retrieve(id: string): Promise<{ id: string; object: string }> };
}
interface SdkError {
  status: number;
  code: string;
  param: string;
  type: string;
  requestID: string;
}
type Sdk = { default: new (options: object) => Client };

const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const sum = (value: number) => ({ thought: [`20+22=${value}`], pieces: [`\\boxed{${value}}`] });
// Each request of two choices takes five attempts: 41, 42 for the first, 41, 40, 42 for the second.
const attempting = new AttemptingModel(() => [41, 42, 41, 40, 42, 41, 42, 41, 40, 42, 41, 42, 41, 40, 42].map(sum));
const server = createServer();
const messages = QUESTION;

describe("the openai SDK", { skip: await oracleSkip() }, () => {
  let client: Client;
  let real: RealModel;
  let direct: GenerateResult;
  /** A request that thinks and answers. */
  let ask: { model: string; [field: string]: unknown };
  before(async () => {
    real = await loadRealModel();
    const sampling = { seed: real.seed, temperature: 1 };
    direct = await real.model.generate(QUESTION, { ...sampling, maxTokens: MAX_TOKENS });
    ask = { model: "random", messages, ...sampling, max_tokens: MAX_TOKENS };
    server.models.add("random", real.model, 1_700_000_000, "r1");
    server.models.add("attempting", attempting, 1_700_000_000, "r1");
    server.models.add("endless", endless, 1_700_000_000, "r1");
    server.models.ready();
    const { default: OpenAI } = await importOracle<Sdk>("openai");
    const baseURL = `${await server.listen("127.0.0.1", 0)}/v1`;
    client = new OpenAI({ baseURL, apiKey: "any", maxRetries: 0 });
  });
  after(async () => {
    await server.drain(0);
    await real.dispose();
  });

  test("a whole reply, its thought apart, its usage", async () => {
    const { choices, usage } = await client.chat.completions.create(ask);
    assert.equal(choices[0]?.message.content, direct.choices[0]?.text);
    assert.equal(choices[0]?.message.reasoning_content, direct.choices[0]?.reasoning);
    assert.equal(choices[0]?.finish_reason, "stop");
    assert.equal(usage.prompt_tokens, direct.usage.promptTokens);
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    assert.equal(usage.completion_tokens_details?.reasoning_tokens, direct.usage.reasoningTokens);
  });

  test("a stream with usage", async () => {
    const stream = await client.chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
    let thought = "";
    let text = "";
    const finishes: string[] = [];
    const usages: Usage[] = [];
    for await (const chunk of stream) {
      thought += chunk.choices[0]?.delta.reasoning_content ?? "";
      text += chunk.choices[0]?.delta.content ?? "";
      if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
      if (chunk.usage) usages.push(chunk.usage);
    }
    assert.equal(thought, direct.choices[0]?.reasoning);
    assert.equal(text, direct.choices[0]?.text);
    assert.deepEqual([finishes, usages.length], [["stop"], 1]);
    assert.equal(usages[0]?.completion_tokens, direct.usage.completionTokens);
  });

  test("the SDK's own accumulating helper, with log-probabilities", async () => {
    const fields = { ...ask, n: 2, logprobs: true, top_logprobs: 2, thinking: { type: "disabled" }, max_tokens: 30 };
    const whole = await client.chat.completions.create(fields);
    const { choices } = await client.chat.completions.stream(fields).finalChatCompletion();
    assert.deepEqual(
      choices.map(({ message }) => message.content),
      whole.choices.map(({ message }) => message.content),
    );
    for (const [i, choice] of choices.entries()) {
      assert.deepEqual(choice.logprobs?.content, whole.choices[i]?.logprobs?.content);
    }
  });

  test("checked answers: streams and the accumulating helper give one answer, what was taken back never in it", async () => {
    const fields = {
      model: "attempting",
      messages: [{ role: "user", content: "What is 20+22?" }],
      n: 2,
      lemma: { verified: true, step_verdicts: true },
    };
    const whole = await client.chat.completions.create(fields);
    const stream = await client.chat.completions.create({
      ...fields,
      stream: true,
      stream_options: { include_usage: true },
    });
    const texts = ["", ""];
    for await (const { choices } of stream) for (const { index, delta } of choices) texts[index] += delta.content ?? "";
    const { choices } = await client.chat.completions.stream(fields).finalChatCompletion();
    for (const [i, { message }] of whole.choices.entries()) {
      assert.equal(message.content, "\\boxed{42}");
      assert.deepEqual([texts[i], choices[i]?.message.content], [message.content, message.content]);
      assert.equal(choices[i]?.finish_reason, "stop");
    }
  });

  test("models", async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    assert.deepEqual(ids, ["random", "attempting", "endless"]);
    assert.equal((await client.models.retrieve("random")).object, "model");
  });

  test("errors keep status, code, param and request id", async () => {
    const { NotFoundError, BadRequestError } = await importOracle<Record<string, new () => SdkError>>("openai");
    await assert.rejects(client.chat.completions.create({ model: "gpt-5", messages }), (error: SdkError) => {
      assert.ok(error instanceof NotFoundError!);
      assert.deepEqual([error.status, error.code, error.param], [404, "LEMMA_E_MODEL_NOT_FOUND", "model"]);
      assert.match(error.requestID, /^req_/);
      return true;
    });
    await assert.rejects(client.chat.completions.create({ ...ask, temperature: 9 }), (error: SdkError) => {
      assert.ok(error instanceof BadRequestError!);
      assert.deepEqual([error.param, error.type], ["temperature", "invalid_request_error"]);
      return true;
    });
  });

  test("leaving the loop, and aborting a whole reply, end the generation", async () => {
    const stream = await client.chat.completions.create({ model: "endless", messages, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    await until(() => endless.running === 0, "the stream's generation ends");
    const controller = new AbortController();
    const whole = client.chat.completions.create({ model: "endless", messages }, { signal: controller.signal });
    await until(() => endless.running === 1, "the whole reply's generation begins");
    controller.abort();
    await assert.rejects(whole, { name: "Error" });
    await until(() => endless.running === 0, "the whole reply's generation ends");
    assert.equal(endless.begun, 2);
  });
});
