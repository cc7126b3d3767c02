// The native addon as TypeScript sees it: types of build/lemma.node, loaded at first use. Owns no logic; the classes above it
// turn its errors into LemmaError.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";
import type { TensorType } from "./gguf-values.ts";

/** What a tokenizer is made from: a GGUF file's keys, or the parts of a tokenizer.json. Ids of `kinds` are GGUF token types. */
export type NativeTokenizerSource =
  | { gguf: string }
  | {
      tokens: string[];
      kinds: Uint8Array;
      merges: string[];
      pre: string;
      wholeWordsFirst: boolean;
      composes: boolean;
      bos: number | undefined;
      ends: Uint32Array;
    };

export interface NativeTokenizer {
  readonly size: number;
  readonly bos: number;
  readonly composes: boolean;
  readonly ends: Uint32Array;
  readonly chatTemplate: string;
  /** `literal`: start, end, start, end, … of byte ranges in which no control token is recognised. */
  encode(text: string | Uint8Array, control: boolean, literal?: Uint32Array): Uint32Array;
  encodeBatch(texts: readonly (string | Uint8Array)[], control: boolean): { tokens: Uint32Array; offsets: Uint32Array };
  decode(tokens: Uint32Array): Uint8Array;
  find(text: string | Uint8Array): number;
  kind(token: number): number;
}

/** A rendered conversation; `literal` as in `NativeTokenizer.encode`. */
export interface NativeChat {
  text: string;
  literal: Uint32Array;
}

export interface NativeChatTemplate {
  /** lemma, deepseek-r1, chatml, llama-3, or "" where Jinja is needed. */
  readonly name: string;
  format(
    messages: readonly { role: string; content: string }[],
    thinking: boolean,
    addGenerationPrompt: boolean,
    bos: string,
  ): NativeChat;
}

/** The element type of cached keys and values. */
export type KvType = "f16" | "f32" | "q8_0";

/** How `Model.load` is called; absent fields take the engine's defaults. */
export interface NativeModelConfig {
  modelPath: string;
  device?: string;
  contextLength?: number;
  maxSequences?: number;
  cacheBytes?: number;
  threads?: number;
  mmap?: boolean;
  packedBytes?: number;
  maxQueue?: number;
  stepTokens?: number;
  prefixCacheBytes?: number;
  kvType?: KvType;
}

/** One request; absent sampling fields take the model's own defaults. */
export interface NativeRequest {
  tokens: Uint32Array;
  score?: boolean;
  temperature?: number;
  topP?: number;
  topK?: number;
  minP?: number;
  repetitionPenalty?: number;
  repetitionWindow?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  logitBias?: { tokens: Uint32Array; values: Float32Array };
  seed?: number;
  n?: number;
  maxTokens?: number;
  stop?: string[];
  logprobs?: number;
  startsInThink?: boolean;
  ignoreEnd?: boolean;
  logitsAt?: number;
  priority?: number;
  tenant?: string;
  tenantWeight?: number;
  cacheSalt?: string;
}

/** Sampling that applies where a request says nothing. */
export interface SamplingDefaults {
  temperature: number;
  topK: number;
  topP: number;
  minP: number;
  repetitionPenalty: number;
  repetitionWindow: number;
}

/** What was loaded and how it runs. Sizes in bytes, lengths in tokens. */
export interface ModelInfo {
  path: string;
  name: string;
  architecture: string;
  /** The type that most weights have: "Q8_0". */
  tensorType: string;
  /** The kernel set: scalar, avx2, avxvnni, avx512, avx512bf16, amx, neon. */
  isa: string;
  kvType: KvType;
  /** The native template's name (lemma, deepseek-r1, chatml, llama-3), or "" where Jinja renders. */
  chatTemplate: string;
  chatTemplateSource: string;
  parameters: number;
  weightBytes: number;
  vocabularySize: number;
  layers: number;
  width: number;
  trainedContext: number;
  contextLength: number;
  maxSequences: number;
  threads: number;
  cacheBytes: number;
  sampling: SamplingDefaults;
}

/**
 * Counters since loading, and the present load: `running` sequences, `waiting` requests. `promptTokens` were computed, `cachedTokens`
 * found in the prefix cache. Of `pagesTotal` KV pages (32 tokens each) `pagesUsed` are held by running sequences and `pagesCached` kept
 * for later prompts. `preempted` counts how often a running request gave its pages back to go on later. `forwardSeconds` is the part
 * of `busySeconds` that forward passes took; the rest is drawing tokens.
 */
export interface EngineStats {
  steps: number;
  promptTokens: number;
  generatedTokens: number;
  finished: number;
  cancelled: number;
  refused: number;
  running: number;
  waiting: number;
  pagesTotal: number;
  pagesUsed: number;
  pagesCached: number;
  cachedTokens: number;
  preempted: number;
  /** Times that weights were put in place of others. */
  swaps: number;
  /** Packed weights in memory: each is packed when it is first used. */
  packedBytes: number;
  busySeconds: number;
  forwardSeconds: number;
}

/** Hears all events since its last call; see engine-events.ts for the layout. */
export type NativeEventListener = (
  numbers: Uint32Array,
  text: string,
  tokens: Uint32Array,
  floats: Float32Array,
) => void;

/** A tensor of the model's file. `shape` has the row length first, as in GGUF. */
export interface TensorInfo {
  name: string;
  type: TensorType;
  shape: number[];
}

/** New weights: a file, a file's bytes, or each tensor's bytes in its own type. */
export type NativeWeights = { path: string } | { image: Uint8Array } | { names: string[]; bytes: Uint8Array[] };

export interface NativeModel {
  load(config: NativeModelConfig): Promise<ModelInfo>;
  submit(request: NativeRequest): number;
  cancel(request: number): void;
  swapWeights(weights: NativeWeights, running: "finish" | "continue"): Promise<void>;
  tensors(): TensorInfo[];
  stats(): EngineStats;
  endsInThink(tokens: Uint32Array): boolean;
  tokenizer(): NativeTokenizer | null;
  keepAlive(alive: boolean): void;
  dispose(): Promise<void>;
}

export interface NativeAddon {
  Model: new (onEvents: NativeEventListener) => NativeModel;
  /** The catalogue's spelling of the engine's error code. */
  codeName(code: number): string;
  Tokenizer: new (source: NativeTokenizerSource) => NativeTokenizer;
  ChatTemplate: new (source: string) => NativeChatTemplate;
}

let loaded: NativeAddon | undefined;

/** The addon of this process. Throws LEMMA_E_FILE where it was not built. */
export function nativeAddon(): NativeAddon {
  if (loaded) return loaded;
  const path = fileURLToPath(new URL("../build/lemma.node", import.meta.url));
  if (!existsSync(path)) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: "the engine is not built: run `npm run setup`" });
  }
  loaded = createRequire(import.meta.url)(path) as NativeAddon;
  return loaded;
}
