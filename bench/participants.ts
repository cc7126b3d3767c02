// The engines that bench/engine.ts compares, behind one face: generate greedily for some prompts, a fixed number of
// tokens each. Each runs in a process of its own (participant-process.ts); a new peer is a new function here. Programs that the
// user points to are executables.ts's.

import { loadModel } from "@lemma/engine";
import { importOracle } from "../oracles/oracle.ts";

/** What a participant is started with. */
export interface ParticipantSettings {
  modelPath: string;
  sequences: number;
  /** Tokens that a sequence must hold. */
  contextLength: number;
  /** undefined: the participant's own default. */
  threads?: number;
  /** Ours only: 0 switches the reuse of prompts off. */
  prefixCacheBytes?: number;
}

/** Generates exactly `count` tokens after each prompt, all prompts together. */
export type Participant = (prompts: readonly Uint32Array[], count: number) => Promise<void>;

export const PARTICIPANTS: Readonly<Record<string, (settings: ParticipantSettings) => Promise<Participant>>> = {
  lemma: async ({ sequences, ...limits }) => {
    const model = await loadModel({ ...limits, maxSequences: sequences });
    return async (prompts, count) => {
      const options = { temperature: 0, maxTokens: count, ignoreEnd: true };
      const results = await Promise.all(prompts.map((tokens) => model.generate({ tokens }, options)));
      for (const { usage } of results) expectTokens(usage.completionTokens, count);
    };
  },
  "node-llama-cpp": async ({ modelPath, sequences, contextLength, threads }) => {
    const { getLlama, LlamaLogLevel } = await importOracle<NodeLlamaCpp>("node-llama-cpp");
    const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
    const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
    const context = await model.createContext({
      sequences,
      contextSize: contextLength,
      batchSize: Math.max(512, sequences),
      ...(threads === undefined ? {} : { threads }),
    });
    const all = Array.from({ length: sequences }, () => context.getSequence());
    return async (prompts, count) => {
      await Promise.all(
        prompts.map(async (prompt, i) => {
          const sequence = all[i]!;
          await sequence.clearHistory();
          let made = 0;
          for await (const _ of sequence.evaluate([...prompt], { temperature: 0, yieldEogToken: true })) {
            if (++made === count) break;
          }
          expectTokens(made, count);
        }),
      );
    };
  },
  "@fugood/llama.node": async ({ modelPath, sequences, contextLength, threads }) => {
    const { loadModel } = await importOracle<LlamaNode>("@fugood/llama.node");
    const batch = Math.max(512, sequences);
    const context = await loadModel({
      model: modelPath,
      // Twice what the prompts need: with a unified cache, what earlier prompts left counts until it is replaced.
      n_ctx: 2 * sequences * contextLength,
      n_batch: batch,
      n_ubatch: batch,
      n_parallel: sequences,
      kv_unified: true,
      n_gpu_layers: 0,
      ...(threads === undefined ? {} : { n_threads: threads }),
    });
    await context.parallel.enable({ n_parallel: sequences, n_batch: batch });
    return async (prompts, count) => {
      const options = { n_predict: count, temperature: 0, ignore_eos: true };
      const results = await Promise.all(
        prompts.map(async (tokens) => {
          const { promise } = await context.parallel.completion({ prompt: asText(tokens), ...options });
          return { prompt: tokens.length, ...(await promise) };
        }),
      );
      for (const { prompt, tokens_predicted, timings } of results) {
        expectTokens(tokens_predicted, count);
        expectTokens(timings.prompt_n + timings.cache_n, prompt);
      }
    };
  },
};

/** The peers from npm that run any of the rows' models. */
export const PEERS = Object.keys(PARTICIPANTS).filter((name) => name !== "lemma");

/** As many tokens as text: printable ASCII, of which the random models' tokenizer makes a token a character. */
const asText = (tokens: Uint32Array): string =>
  Array.from(tokens, (id) => String.fromCharCode(33 + (id % 94))).join("");

function expectTokens(found: number, expected: number): void {
  if (found !== expected) throw new Error(`expected ${expected} tokens, found ${found}`);
}

/** The part of @fugood/llama.node that is used here. */
interface LlamaNode {
  loadModel(options: Record<string, unknown>): Promise<{
    parallel: {
      enable(options: { n_parallel: number; n_batch: number }): Promise<boolean>;
      completion(options: Record<string, unknown>): Promise<{
        promise: Promise<{ tokens_predicted: number; timings: { prompt_n: number; cache_n: number } }>;
      }>;
    };
  }>;
}

/** The part of node-llama-cpp that is used here. */
interface NodeLlamaCpp {
  getLlama(options: { gpu: false; build: "never"; logLevel: unknown }): Promise<{
    loadModel(options: { modelPath: string; gpuLayers: number }): Promise<{
      createContext(options: { sequences: number; contextSize: number; batchSize: number; threads?: number }): Promise<{
        getSequence(): {
          clearHistory(): Promise<void>;
          evaluate(tokens: number[], options: { temperature: number; yieldEogToken: boolean }): AsyncIterable<number>;
        };
      }>;
    }>;
  }>;
  LlamaLogLevel: { error: unknown };
}
