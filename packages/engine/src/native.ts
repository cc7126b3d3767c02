// The native addon as TypeScript sees it: types of build/lemma.node, loaded at first use. Owns no logic; the classes above it
// turn its errors into LemmaError.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";

/** What a tokenizer is made from: a GGUF file's keys, or the parts of a tokenizer.json. Ids of `kinds` are GGUF token types. */
export type NativeTokenizerSource =
  | { gguf: string }
  | {
      tokens: string[];
      kinds: Uint8Array;
      merges: string[];
      pre: string;
      wholeWordsFirst: boolean;
      bos: number | undefined;
      ends: Uint32Array;
    };

export interface NativeTokenizer {
  readonly size: number;
  readonly bos: number;
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

export interface NativeAddon {
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
