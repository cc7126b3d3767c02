// llama.cpp's tokenizer of a GGUF file, by node-llama-cpp: the vocabulary only, no weights.

import { importOracle } from "../../../oracles/oracle.ts";

interface OracleModel {
  tokenize(text: string, specialTokens: boolean): number[];
  dispose(): Promise<void>;
}
interface OracleModule {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<OracleModel> }>;
  LlamaLogLevel: { error: unknown };
}

let llama: ReturnType<OracleModule["getLlama"]> | undefined;

/** Opens it. `tokenize(text, true)` recognises control tokens and adds none. */
export async function openLlamaTokenizer(modelPath: string): Promise<OracleModel> {
  llama ??= importOracle<OracleModule>("node-llama-cpp").then(({ getLlama, LlamaLogLevel }) =>
    getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error }),
  );
  return (await llama).loadModel({ modelPath, vocabOnly: true });
}
