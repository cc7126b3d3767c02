// A model for the edges of the protocol that a real one can't be brought to at will: it generates at a given pace, waits
// before the first token, refuses, or fails in the middle, and counts what runs. Everything else is tested on the engine.

import { setTimeout as sleep } from "node:timers/promises";
import { LemmaError, type Message, type StreamEvent, type Usage } from "@lemma/protocol";
import type { GeneratedChoice, GenerateOptions, ServedModel } from "../src/served-model.ts";

export interface Pace {
  /** Pieces of the thought (none with thinking off) and of the answer. */
  thought?: string[];
  pieces?: string[];
  /** Wait before the first piece, and before each further one, in ms. */
  firstMs?: number;
  eachMs?: number;
  /** Takes no notice of the signal, as an engine in the middle of a long step. */
  isDeaf?: boolean;
  /** Thrown after so many pieces. */
  failure?: { after: number; error: Error };
}

export class PacedModel implements ServedModel {
  readonly info = { contextLength: 4096 };
  readonly pace: Pace;
  /** Generations that have begun, that run now, and what each was asked. */
  begun = 0;
  running = 0;
  readonly asked: { input: Message[]; options: GenerateOptions }[] = [];

  constructor(pace: Pace = {}) {
    this.pace = pace;
  }

  async *stream(input: Message[], options: GenerateOptions): AsyncGenerator<StreamEvent> {
    const { thought = [], pieces = ["4"], firstMs = 0, eachMs = 0, isDeaf = false, failure } = this.pace;
    const wait = async (ms: number): Promise<void> => {
      if (ms > 0) await sleep(ms, undefined, options.signal && !isDeaf ? { signal: options.signal } : {});
      if (!isDeaf && options.signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED");
    };
    this.begun++;
    this.running++;
    this.asked.push({ input, options });
    try {
      const choices = options.n ?? 1;
      await wait(firstMs);
      const checkers = Array.from({ length: choices }, (_, choice) => options.checker?.(choice));
      for (const text of options.thinking === false ? [] : thought) {
        for (let choice = 0; choice < choices; choice++) {
          yield { type: "reasoning-delta", choice, text };
          for (const step of checkers[choice]?.push(text) ?? []) yield { type: "step-verdict", choice, step };
        }
      }
      for (let choice = 0; choice < choices; choice++) {
        for (const step of checkers[choice]?.end() ?? []) yield { type: "step-verdict", choice, step };
      }
      for (const [i, text] of pieces.entries()) {
        if (failure?.after === i) throw failure.error;
        if (i > 0) await wait(eachMs);
        for (let choice = 0; choice < choices; choice++) yield { type: "text-delta", choice, text };
      }
      if (failure && failure.after >= pieces.length) throw failure.error;
      const reasoningTokens = options.thinking === false ? 0 : thought.length;
      const completionTokens = reasoningTokens + pieces.length;
      const usage: Usage = { promptTokens: 3, cachedTokens: 1, completionTokens, reasoningTokens };
      for (let choice = 0; choice < choices; choice++) yield { type: "finish", choice, finishReason: "stop", usage };
    } finally {
      this.running--;
    }
  }

  async generate(input: Message[], options: GenerateOptions): Promise<{ choices: GeneratedChoice[]; usage: Usage }> {
    const choices: GeneratedChoice[] = [];
    let usage: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
    for await (const event of this.stream(input, options)) {
      choices[event.choice] ??= { reasoning: "", text: "", finishReason: "abort" };
      const choice = choices[event.choice]!;
      if (event.type === "text-delta") choice.text += event.text;
      if (event.type === "reasoning-delta") choice.reasoning += event.text;
      if (event.type !== "finish") continue;
      choice.finishReason = event.finishReason;
      usage = event.usage;
    }
    return { choices, usage };
  }
}

/** Waits until `condition` holds; fails after 20 s: other work may hold the cores. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error(`never happened: ${what}`);
    await sleep(5);
  }
}
