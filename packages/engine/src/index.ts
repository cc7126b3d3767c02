// The public surface of @lemma/engine.

export * from "./gguf-encode.ts";
export * from "./gguf-values.ts";
export * from "./gguf-writer.ts";
export * from "./resolve-model.ts";
export * from "./tokenizer.ts";
