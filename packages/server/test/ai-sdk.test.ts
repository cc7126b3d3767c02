// The unmodified AI SDK (`ai` with `@ai-sdk/openai-compatible`) against a listening server.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { GenerateResult } from "@lemma/engine";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { createServer } from "../src/index.ts";
import { PacedModel, until } from "./paced-model.ts";
import { loadRealModel, MAX_TOKENS, QUESTION, type RealModel } from "./real-model.ts";

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

const endless = new PacedModel({ pieces: Array(100_000).fill("x"), eachMs: 5 });
const server = createServer();

describe("the AI SDK", { skip: await oracleSkip() }, () => {
  let ai: Ai;
  let real: RealModel;
  let direct: GenerateResult;
  let sampling: object;
  const [system, user] = QUESTION.map(({ content }) => content);
  let provider: (id: string) => object;
  before(async () => {
    real = await loadRealModel();
    const { seed } = real;
    direct = await real.model.generate(QUESTION, { seed, temperature: 1, maxTokens: MAX_TOKENS });
    sampling = { seed, temperature: 1, maxOutputTokens: MAX_TOKENS };
    server.models.add("random", real.model, 1_700_000_000, "r1");
    server.models.add("endless", endless, 1_700_000_000, "r1");
    server.models.ready();
    ai = await importOracle<Ai>("ai");
    const { createOpenAICompatible } = await importOracle<Provider>("@ai-sdk/openai-compatible");
    const baseURL = `${await server.listen("127.0.0.1", 0)}/v1`;
    provider = createOpenAICompatible({ name: "lemma", baseURL, includeUsage: true });
  });
  after(async () => {
    await server.drain(0);
    await real.dispose();
  });

  test("generateText: text, thought, usage", async () => {
    const result = await ai.generateText({ model: provider("random"), system, prompt: user, ...sampling });
    assert.equal(result.text, direct.choices[0]?.text);
    assert.equal(result.reasoningText, direct.choices[0]?.reasoning);
    assert.equal(result.finishReason, "stop");
    assert.equal(result.usage.inputTokens, direct.usage.promptTokens);
    assert.equal(result.usage.outputTokens, direct.usage.completionTokens);
  });

  test("generateText: a conversation with parts and an earlier thought", async () => {
    const result = await ai.generateText({
      model: provider("random"),
      system,
      messages: [
        { role: "user", content: "1+1?" },
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "1+1=2" },
            { type: "text", text: "2" },
          ],
        },
        { role: "user", content: [{ type: "text", text: "2+2?" }] },
      ],
      ...sampling,
      maxOutputTokens: 5,
    });
    assert.equal(result.usage.outputTokens, 5);
    assert.ok(result.usage.inputTokens! > direct.usage.promptTokens);
  });

  test("streamText: thought and text as parts, usage at the end", async () => {
    const result = ai.streamText({ model: provider("random"), system, prompt: user, ...sampling });
    const parts: Record<string, string> = {};
    for await (const { type, text, error } of result.fullStream) {
      assert.equal(error, undefined);
      parts[type] = (parts[type] ?? "") + (text ?? "");
    }
    assert.equal(parts["reasoning-delta"], direct.choices[0]?.reasoning);
    assert.equal(parts["text-delta"], direct.choices[0]?.text);
    assert.equal((await result.usage).outputTokens, direct.usage.completionTokens);
    assert.equal(await result.finishReason, "stop");
  });

  test("errors carry our message and status", async () => {
    await assert.rejects(ai.generateText({ model: provider("nobody"), prompt: "x", maxRetries: 0 }), {
      statusCode: 404,
      message: /"nobody" is not served here; served: random, endless/,
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
