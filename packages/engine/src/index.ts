// The public surface of @lemma/engine.

export type { RenderOptions } from "./chat-formatter.ts";
export type { Choice } from "./generation.ts";
export * from "./gguf-encode.ts";
export * from "./gguf-values.ts";
export * from "./gguf-writer.ts";
export { type GenerateResult, loadModel, type Model, type ScoreResult } from "./model.ts";
export type { GenerateOptions, Input, LoadOptions } from "./model-options.ts";
export type { EngineStats, KvType, ModelInfo, SamplingDefaults, TensorInfo } from "./native.ts";
export * from "./resolve-model.ts";
export * from "./split-gguf-writer.ts";
export type { SwapOptions, WeightSource } from "./swap-weights.ts";
export { type EncodeOptions, loadTokenizer, type RenderedPrompt, type Tokenizer } from "./tokenizer.ts";
export { compareTokenizers, type TokenizerDifference } from "./tokenizer-comparison.ts";
export { readTokenizerFolder, type TokenizerFolder } from "./tokenizer-json.ts";
export { tokenizerProbes } from "./tokenizer-probes.ts";
