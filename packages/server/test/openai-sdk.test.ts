// The unmodified `openai` SDK against a listening server: what its users call, and what it makes of our errors.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { createServer } from "../src/index.ts";
import { PacedModel, until } from "./paced-model.ts";

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
  choices: { index: number; message: { content: string; reasoning_content?: string }; finish_reason: string }[];
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

const model = new PacedModel({ thought: ["2+2", "=4"], pieces: ["The sum ", "is ", "4."] });
const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const server = createServer({ models: { paced: model, endless } });
const messages = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "2+2?" },
];

describe("the openai SDK", { skip: await oracleSkip() }, () => {
  let client: Client;
  before(async () => {
    const { default: OpenAI } = await importOracle<Sdk>("openai");
    const baseURL = `${await server.listen("127.0.0.1", 0)}/v1`;
    client = new OpenAI({ baseURL, apiKey: "any", maxRetries: 0 });
  });
  after(() => server.drain(0));

  test("a whole reply, its thought apart, its usage", async () => {
    const { choices, usage } = await client.chat.completions.create({ model: "paced", messages });
    assert.equal(choices[0]?.message.content, "The sum is 4.");
    assert.equal(choices[0]?.message.reasoning_content, "2+2=4");
    assert.equal(choices[0]?.finish_reason, "stop");
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    assert.equal(usage.completion_tokens_details?.reasoning_tokens, 2);
  });

  test("a stream with usage", async () => {
    const stream = await client.chat.completions.create({
      model: "paced",
      messages,
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
    assert.deepEqual([thought, text, finishes, usages.length], ["2+2=4", "The sum is 4.", ["stop"], 1]);
    assert.equal(usages[0]?.completion_tokens, 5);
  });

  test("the SDK's own accumulating helper", async () => {
    const stream = client.chat.completions.stream({ model: "paced", messages, n: 2 });
    const { choices } = await stream.finalChatCompletion();
    assert.deepEqual(
      choices.map(({ index, message }) => [index, message.content]),
      [
        [0, "The sum is 4."],
        [1, "The sum is 4."],
      ],
    );
  });

  test("models", async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    assert.deepEqual(ids, ["paced", "endless"]);
    assert.equal((await client.models.retrieve("paced")).object, "model");
  });

  test("errors keep status, code, param and request id", async () => {
    const { NotFoundError, BadRequestError } = await importOracle<Record<string, new () => SdkError>>("openai");
    await assert.rejects(client.chat.completions.create({ model: "gpt-5", messages }), (error: SdkError) => {
      assert.ok(error instanceof NotFoundError!);
      assert.deepEqual([error.status, error.code, error.param], [404, "LEMMA_E_MODEL_NOT_FOUND", "model"]);
      assert.match(error.requestID, /^req_/);
      return true;
    });
    await assert.rejects(
      client.chat.completions.create({ model: "paced", messages, temperature: 9 }),
      (error: SdkError) => {
        assert.ok(error instanceof BadRequestError!);
        assert.deepEqual([error.param, error.type], ["temperature", "invalid_request_error"]);
        return true;
      },
    );
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
