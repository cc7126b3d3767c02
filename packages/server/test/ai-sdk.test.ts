// The unmodified AI SDK (`ai` with `@ai-sdk/openai-compatible`) against a listening server.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { createServer } from "../src/index.ts";
import { PacedModel, until } from "./paced-model.ts";

interface Usage {
  inputTokens?: number;
  outputTokens?: number;
}
interface Ai {
  generateText(options: object): Promise<{ text: string; reasoningText?: string; finishReason: string; usage: Usage }>;
  streamText(options: object): {
    fullStream: AsyncIterable<{ type: string; text?: string; error?: unknown }>;
    textStream: AsyncIterable<string>;
    usage: Promise<Usage>;
    finishReason: Promise<string>;
  };
}
interface Provider {
  createOpenAICompatible(options: object): (id: string) => object;
}

const model = new PacedModel({ thought: ["2+2", "=4"], pieces: ["The sum ", "is ", "4."] });
const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const server = createServer({ models: { paced: model, endless } });

describe("the AI SDK", { skip: await oracleSkip() }, () => {
  let ai: Ai;
  let provider: (id: string) => object;
  before(async () => {
    ai = await importOracle<Ai>("ai");
    const { createOpenAICompatible } = await importOracle<Provider>("@ai-sdk/openai-compatible");
    const baseURL = `${await server.listen("127.0.0.1", 0)}/v1`;
    provider = createOpenAICompatible({ name: "lemma", baseURL, includeUsage: true });
  });
  after(() => server.drain(0));

  test("generateText: text, thought, usage", async () => {
    const result = await ai.generateText({
      model: provider("paced"),
      system: "Be brief.",
      messages: [
        { role: "user", content: "1+1?" },
        { role: "assistant", content: "2" },
        { role: "user", content: [{ type: "text", text: "2+2?" }] },
      ],
      maxOutputTokens: 50,
      temperature: 0,
      seed: 1,
    });
    assert.equal(result.text, "The sum is 4.");
    assert.equal(result.reasoningText, "2+2=4");
    assert.equal(result.finishReason, "stop");
    assert.equal(result.usage.inputTokens, 3);
    assert.equal(result.usage.outputTokens, 5);
    assert.deepEqual(
      model.asked.at(-1)?.input.map(({ role }) => role),
      ["system", "user", "assistant", "user"],
    );
  });

  test("streamText: thought and text as parts, usage at the end", async () => {
    const result = ai.streamText({ model: provider("paced"), prompt: "2+2?" });
    const parts: Record<string, string> = {};
    for await (const { type, text, error } of result.fullStream) {
      assert.equal(error, undefined);
      parts[type] = (parts[type] ?? "") + (text ?? "");
    }
    assert.equal(parts["reasoning-delta"], "2+2=4");
    assert.equal(parts["text-delta"], "The sum is 4.");
    assert.equal((await result.usage).outputTokens, 5);
    assert.equal(await result.finishReason, "stop");
  });

  test("errors carry our message and status", async () => {
    await assert.rejects(ai.generateText({ model: provider("nobody"), prompt: "x", maxRetries: 0 }), {
      statusCode: 404,
      message: /"nobody" is not served here; served: paced, endless/,
    });
  });

  test("aborting ends the generation", async () => {
    const controller = new AbortController();
    const result = ai.streamText({
      model: provider("endless"),
      prompt: "x",
      abortSignal: controller.signal,
      onError: () => {},
    });
    for await (const _ of result.textStream) {
      controller.abort();
      break;
    }
    await until(() => endless.running === 0, "the generation ends");
    assert.equal(endless.begun, 1);
  });
});
