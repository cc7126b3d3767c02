// The options of loading and generating: their types, meaning and checks. Unknown names are errors.

import type { Message, StepChecker } from "@lemma/protocol";
import { LemmaError } from "@lemma/protocol";
import type { KvType } from "./native.ts";
import { boolean, checkOptions, number, type OptionRule, shown, string, whole } from "./option-check.ts";

/** How to load a model. Only `modelPath` is required. */
export interface LoadOptions {
  /** A GGUF file, a model folder, or the id of a model in `models/`. */
  modelPath: string;
  /** Where to run; this build has "cpu". */
  device?: string;
  /** Tokens a sequence may hold; default and most: what the model was trained for. */
  contextLength?: number;
  /** Sequences that share a forward pass; default 32. */
  maxSequences?: number;
  /** Bound of the KV cache in bytes; default: enough for all sequences, at most half of the free memory. */
  cacheBytes?: number;
  /** Default: LEMMA_THREADS, else one per physical core. */
  threads?: number;
  /**
   * Map the file as long as the model lives (default): it may be replaced by another, not changed in place. `false` reads
   * it and packs all weights while loading.
   */
  mmap?: boolean;
  /**
   * Bound of the memory for packed weights, in bytes. What finds no room is packed anew at each use, from the file: slow, and
   * the same results. Default: no bound.
   */
  packedBytes?: number;
  /** Requests that may wait; more are refused with LEMMA_E_OVERLOADED. Default 256. */
  maxQueue?: number;
  /** Tokens of one forward pass; longer prompts are cut. Default 512. */
  stepTokens?: number;
  /**
   * Bound of what the KV cache keeps of finished requests, in bytes: later prompts that begin alike are not computed again. 0 switches
   * this off; default: all of the cache that running requests don't need.
   */
  prefixCacheBytes?: number;
  /**
   * Element type of the KV cache. Default "f16". "q8_0" takes about 9/16 of its memory: 8-bit keys and values with a scale for each 32.
   * "f32" takes twice the memory, and F32 weights then give the trainer's log-probabilities to 1e-4 nats: for measuring and for
   * reinforcement learning.
   */
  kvType?: KvType;
}

/** What to continue: a user's message, a conversation, raw text (its control tokens count), or tokens. */
export type Input = string | readonly Message[] | { text: string } | { tokens: Uint32Array };

/** How to generate. Sampling that is absent comes from the model's own generation config. */
export interface GenerateOptions {
  /** 0 takes the most likely token. */
  temperature?: number;
  topP?: number;
  /** 0 is off. */
  topK?: number;
  minP?: number;
  /**
   * Above 0, at most 100; 1 is off. Tokens of the window have a positive logit divided by it, a negative one multiplied
   * (Keskar et al. 2019, arXiv 1909.05858; the sign rule and the window are llama.cpp's).
   */
  repetitionPenalty?: number;
  /** How many of the last tokens of prompt and answer `repetitionPenalty` looks at. Default 64; 0 is none. */
  repetitionWindow?: number;
  /** -2 to 2; taken off the logit of each token that the answer already holds. The prompt does not count. */
  presencePenalty?: number;
  /** -2 to 2; taken off the logit of a token once for each time that the answer already holds it. */
  frequencyPenalty?: number;
  /**
   * Token ids with what is added to their logits, -100 (never) to 100 (always).
   * @example { logitBias: { [model.tokenize("yes")[0]!]: 5 } }
   */
  logitBias?: Readonly<Record<number, number>>;
  /** Same seed and prompt, same tokens, alone and in any batch. */
  seed?: number;
  /** The answer ends before the first of these texts; at most 16, of 1 to 256 bytes. */
  stop?: string | readonly string[];
  /** Ceiling of thought and answer together. */
  maxTokens?: number;
  /** Choices; choice 0 equals what `n: 1` gives. Default 1. */
  n?: number;
  /** How many alternatives to report for each token, 0 to 20; absent: no log-probabilities. */
  logprobs?: number;
  /** Adds `tokenLogprobs` to the choices without the texts and bytes of `logprobs`, which cost more than a small model: for training. */
  tokenLogprobs?: boolean;
  /** False asks for an answer without a thought. Default true. Only for conversations. */
  thinking?: boolean;
  /** -10 to 10, default 0: higher starts earlier among the requests of its tenant, and may take the place of a lower one. Nobody starves. */
  priority?: number;
  /** Who asks: tenants get fair shares of the engine and never each other's cached pages. At most 256 bytes; default "". */
  tenant?: string;
  /** The tenant's share against other tenants', 0.01 to 100, default 1; the last request's counts. */
  tenantWeight?: number;
  /** Only requests of a tenant with the same salt share cached pages. At most 256 bytes; default "". */
  cacheSalt?: string;
  /** Goes on past end tokens (benchmarks). */
  ignoreEnd?: boolean;
  /** Judges the thought line by line; a factory where `n` is above 1. */
  checker?: StepChecker | ((choice: number) => StepChecker);
  /** Ends the generation with finishReason "abort". */
  signal?: AbortSignal;
}

const LOAD_RULES: Readonly<Record<keyof LoadOptions, OptionRule>> = Object.freeze({
  modelPath: string,
  device: string,
  contextLength: whole(1),
  maxSequences: whole(1, 4096),
  cacheBytes: whole(1),
  threads: whole(1, 1024),
  mmap: boolean,
  packedBytes: whole(0),
  maxQueue: whole(0, 1 << 20),
  stepTokens: whole(1, 65536),
  prefixCacheBytes: whole(0),
  kvType: { expected: '"f16", "f32" or "q8_0"', accepts: (value) => ["f16", "f32", "q8_0"].includes(value as string) },
});

const MAX_NAME_BYTES = 256; // the engine's own limit: engine/src/scheduler_requests.cpp

const name: OptionRule = {
  expected: `a text of at most ${MAX_NAME_BYTES} bytes`,
  accepts: (value) => typeof value === "string" && Buffer.byteLength(value) <= MAX_NAME_BYTES,
};

const isBias = ([token, bias]: [string, unknown]): boolean =>
  /^(0|[1-9]\d{0,9})$/.test(token) && Number(token) < 2 ** 32 && typeof bias === "number" && Math.abs(bias) <= 100;

const isStop = (value: unknown): boolean => typeof value === "string" && value !== "";

const GENERATE_RULES: Readonly<Record<keyof GenerateOptions, OptionRule>> = Object.freeze({
  temperature: number(0, 100),
  topP: number(0, 1, true),
  topK: whole(0, 2 ** 31 - 1),
  minP: number(0, 1),
  repetitionPenalty: number(0, 100, true),
  repetitionWindow: whole(0, 2 ** 31 - 1),
  presencePenalty: number(-2, 2),
  frequencyPenalty: number(-2, 2),
  logitBias: {
    expected: "an object of token ids and biases from -100 to 100",
    accepts: (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value) && Object.entries(value).every(isBias),
  },
  seed: whole(0),
  stop: {
    expected: "a text, or at most 16 texts, none empty",
    accepts: (value) => (Array.isArray(value) ? value.length <= 16 && value.every(isStop) : isStop(value)),
  },
  maxTokens: whole(1, 2 ** 32 - 1),
  n: whole(1, 4096),
  logprobs: whole(0, 20),
  tokenLogprobs: boolean,
  thinking: boolean,
  priority: whole(-10, 10),
  tenant: name,
  tenantWeight: number(0.01, 100),
  cacheSalt: name,
  ignoreEnd: boolean,
  checker: {
    expected: "a StepChecker or a function that makes one",
    accepts: (value) => typeof value === "function" || (typeof value === "object" && value !== null && "push" in value),
  },
  signal: { expected: "an AbortSignal", accepts: (value) => value instanceof AbortSignal },
});

/** @throws LEMMA_E_OPTION */
export function checkLoadOptions(options: LoadOptions): void {
  checkOptions(options, LOAD_RULES);
  if (options.modelPath === undefined) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "modelPath",
      expected: LOAD_RULES.modelPath.expected,
      found: "nothing",
    });
  }
}

/** @throws LEMMA_E_OPTION */
export function checkGenerateOptions(options: GenerateOptions): void {
  checkOptions(options, GENERATE_RULES);
  if ((options.n ?? 1) > 1 && options.checker !== undefined && typeof options.checker !== "function") {
    const expected = "a function that makes one StepChecker per choice, since n is above 1";
    throw new LemmaError("LEMMA_E_OPTION", { option: "checker", expected, found: "one StepChecker" });
  }
}

const ROLES = new Set(["system", "user", "assistant", "tool"]);

/** @throws LEMMA_E_OPTION naming the field of the input that is not as it should be */
export function checkInput(input: unknown): asserts input is Input {
  const refuse = (option: string, expected: string, value: unknown): never => {
    throw new LemmaError("LEMMA_E_OPTION", { option, expected, found: shown(value) });
  };
  if (typeof input === "string") return;
  if (Array.isArray(input)) {
    for (const [i, message] of input.entries()) {
      if (typeof message !== "object" || message === null) refuse(`input[${i}]`, "a message", message);
      const { role, content } = message as { role?: unknown; content?: unknown };
      if (typeof role !== "string" || !ROLES.has(role)) refuse(`input[${i}].role`, [...ROLES].join(", "), role);
      if (typeof content !== "string") refuse(`input[${i}].content`, "a text", content);
    }
    return;
  }
  const expected = "a text, messages, { text } or { tokens }";
  if (typeof input !== "object" || input === null) return refuse("input", expected, input);
  const names = Object.keys(input).join(", ");
  if (names === "text") {
    const { text } = input as { text: unknown };
    if (typeof text !== "string") refuse("input.text", "a text", text);
  } else if (names === "tokens") {
    const { tokens } = input as { tokens: unknown };
    if (!(tokens instanceof Uint32Array)) refuse("input.tokens", "a Uint32Array", tokens);
  } else {
    throw new LemmaError("LEMMA_E_OPTION", { option: "input", expected, found: `{ ${names} }` });
  }
}
