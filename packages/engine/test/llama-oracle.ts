// node-llama-cpp as the judge of our forward pass: next-token distributions of given tokens, one context at a time.

import assert from "node:assert/strict";
import { importOracle } from "../../../oracles/oracle.ts";
import type { Model } from "../src/index.ts";

interface OracleStep {
  next: { probabilities: Map<number, number> };
}
interface OracleSequence {
  controlledEvaluate(input: (number | [number, object])[]): Promise<(OracleStep | undefined)[]>;
  clearHistory(): Promise<void>;
}
interface OracleModel {
  createContext(options: object): Promise<{ getSequence(): OracleSequence; dispose(): Promise<void> }>;
  dispose(): Promise<void>;
}
interface OracleModule {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<OracleModel> }>;
  LlamaLogLevel: { error: unknown };
}

let llama: ReturnType<OracleModule["getLlama"]> | undefined;

/** Log-probabilities by token. */
export type Distribution = Map<number, number>;

/** A model opened in llama.cpp (CPU, one thread). */
export class LlamaOracle {
  readonly #model: OracleModel;
  readonly #dispose: () => Promise<void>;
  readonly #sequence: OracleSequence;

  private constructor(model: OracleModel, sequence: OracleSequence, dispose: () => Promise<void>) {
    this.#model = model;
    this.#sequence = sequence;
    this.#dispose = dispose;
  }

  static async open(modelPath: string, contextSize: number): Promise<LlamaOracle> {
    llama ??= importOracle<OracleModule>("node-llama-cpp").then(({ getLlama, LlamaLogLevel }) =>
      getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error }),
    );
    const model = await (await llama).loadModel({ modelPath });
    const context = await model.createContext({ contextSize, threads: 1 });
    return new LlamaOracle(model, context.getSequence(), () => context.dispose());
  }

  /** The distribution after each of `tokens`, in a fresh context. */
  async distributions(tokens: ArrayLike<number>): Promise<Distribution[]> {
    await this.#sequence.clearHistory();
    return this.#evaluate([...Array.from(tokens)]);
  }

  async #evaluate(tokens: number[]): Promise<Distribution[]> {
    const steps = await this.#sequence.controlledEvaluate(
      tokens.map((token): [number, object] => [token, { generateNext: { probabilities: true } }]),
    );
    return steps.map((step) => new Map([...step!.next.probabilities].map(([token, p]) => [token, Math.log(p)])));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispose();
    await this.#model.dispose();
  }
}

/** The two most likely tokens, best first, with their log-probabilities. */
export function bestTwo(distribution: Distribution): [number, number][] {
  return [...distribution].sort((a, b) => b[1] - a[1]).slice(0, 2);
}

/** The greatest and the mean distance of log-probabilities over every fourth position of a text and the whole vocabulary. */
export async function distance(
  model: Model,
  oracle: LlamaOracle,
  text: string,
): Promise<{ worst: number; mean: number }> {
  const tokens = model.tokenize(text);
  const theirs = await oracle.distributions(tokens);
  let worst = 0;
  let sum = 0;
  let count = 0;
  for (const [position, distribution] of theirs.entries()) {
    if (position % 4 !== 3 && position !== tokens.length - 1) continue;
    const { logits } = await model.score({ tokens }, { logitsAt: position });
    const top = Math.max(...logits!);
    const total = top + Math.log(logits!.reduce((all, logit) => all + Math.exp(logit - top), 0));
    assert.equal(distribution.size, logits!.length);
    for (const [token, logprob] of distribution) {
      const apart = Math.abs(logprob - (logits![token]! - total));
      worst = Math.max(worst, apart);
      sum += apart;
      count++;
    }
  }
  return { worst, mean: sum / count };
}

/**
 * Whether our greedy continuation of a prompt leaves llama.cpp's in a tie: random weights give flat distributions, so one of two best
 * tokens within `tolerance` nats may fall either way. A clear best must not: that fails.
 */
export async function endsInTie(
  model: Model,
  oracle: LlamaOracle,
  tokens: Uint32Array,
  maxTokens: number,
  tolerance: number,
): Promise<boolean> {
  const { choices } = await model.generate({ tokens }, { temperature: 0, maxTokens });
  // One batch over prompt and our tokens: llama.cpp token by token differs from itself in a batch by 5e-3.
  const all = await oracle.distributions([...tokens, ...choices[0]!.tokens]);
  for (const [i, token] of choices[0]!.tokens.entries()) {
    const [first, second] = bestTwo(all[tokens.length - 1 + i]!) as [[number, number], [number, number]];
    if (token === first[0]) continue;
    assert.ok(token === second[0] && first[1] - second[1] < tolerance, `token ${i}`);
    return true;
  }
  return false;
}
