// Tokenizers for the rooms that work on text without a model: data, gym, trainer. The algorithm is the engine's.

import { LemmaError, type Message } from "@lemma/protocol";
import { ChatFormatter, type RenderOptions } from "./chat-formatter.ts";
import { type NativeTokenizer, nativeAddon } from "./native.ts";
import { callNative } from "./native-error.ts";
import { readTokenizerFolder } from "./tokenizer-json.ts";

/** `control` lets the text's control tokens (`<|user|>`) become tokens; off by default: people's text never may. */
export interface EncodeOptions {
  control?: boolean;
}

/** A prompt as tokens, and as text for people to read. */
export interface RenderedPrompt {
  tokens: Uint32Array;
  text: string;
}

const CONTROL_KIND = 3;
const USER_DEFINED_KIND = 4;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A byte-level BPE tokenizer. Token ids are below `vocabularySize`. */
export class Tokenizer {
  readonly #native: NativeTokenizer;
  readonly #chat: ChatFormatter;

  /** Use `loadTokenizer`. */
  constructor(native: NativeTokenizer, chatTemplate: string) {
    this.#native = native;
    const control: string[] = [];
    for (let id = 0; id < native.size; id++) {
      if (native.kind(id) === CONTROL_KIND) control.push(this.decode(Uint32Array.of(id)));
    }
    const [end] = native.ends;
    this.#chat = new ChatFormatter(chatTemplate, {
      bos: native.bos < 0 ? "" : this.decode(Uint32Array.of(native.bos)),
      eos: end === undefined ? "" : this.decode(Uint32Array.of(end)),
      control,
    });
  }

  get vocabularySize(): number {
    return this.#native.size;
  }

  /** The tokens that end a generation. */
  get endTokens(): Uint32Array {
    return this.#native.ends;
  }

  /** Whether text is composed (Unicode's NFC) before it is split: then decoding gives back the composed text. */
  get composes(): boolean {
    return this.#native.composes;
  }

  /**
   * Text to tokens; lone surrogates become U+FFFD, bytes stay as they are.
   * @example tokenizer.encode("12+30") // Uint32Array of 5
   */
  encode(text: string | Uint8Array, options: EncodeOptions = {}): Uint32Array {
    return callNative(() => this.#native.encode(text, options.control === true));
  }

  /** The tokens of each text; one crossing into native code for all of them. */
  encodeBatch(texts: readonly string[], options: EncodeOptions = {}): Uint32Array[] {
    const { tokens, offsets } = callNative(() => this.#native.encodeBatch(texts, options.control === true));
    return texts.map((_, i) => tokens.subarray(offsets[i], offsets[i + 1]));
  }

  /** Tokens to text, control tokens by their names; bytes that are not UTF-8 become U+FFFD. @throws LEMMA_E_OPTION for an unknown id */
  decode(tokens: Uint32Array | readonly number[]): string {
    return utf8.decode(this.decodeBytes(tokens));
  }

  /** Tokens to the exact bytes they stand for. @throws LEMMA_E_OPTION for an unknown id */
  decodeBytes(tokens: Uint32Array | readonly number[]): Uint8Array {
    return callNative(() => this.#native.decode(tokens instanceof Uint32Array ? tokens : Uint32Array.from(tokens)));
  }

  /** The id of the token that stands for exactly this text (`tokenId("<think>")`), or undefined. */
  tokenId(text: string): number | undefined {
    const id = this.#native.find(text);
    return id < 0 ? undefined : id;
  }

  /** Whether a token is a control token: never part of an answer's text. */
  isControl(token: number): boolean {
    return callNative(() => this.#native.kind(token)) === CONTROL_KIND;
  }

  /** Whether a token is an added one: found in text as a whole, before merges. Control tokens are, and `<think>`. */
  isAdded(token: number): boolean {
    const kind = callNative(() => this.#native.kind(token));
    return kind === CONTROL_KIND || kind === USER_DEFINED_KIND;
  }

  /**
   * A conversation as the prompt for the next assistant turn. Message text never becomes a control token.
   * @throws LEMMA_E_TEMPLATE where the template is missing or fails
   * @example tokenizer.renderChat([{ role: "user", content: "2+2=?" }]).text // "<|user|>2+2=?<|assistant|><think>"
   */
  renderChat(messages: readonly Message[], options: RenderOptions = {}): RenderedPrompt {
    const { text, literal } = this.#chat.format(messages, options);
    return { text, tokens: callNative(() => this.#native.encode(text, true, literal)) };
  }
}

/**
 * Loads a tokenizer from a Hugging Face folder (tokenizer.json, tokenizer_config.json) or from a GGUF file.
 * @throws LEMMA_E_FILE, LEMMA_E_TOKENIZER, LEMMA_E_MODEL_FORMAT
 * @example const tokenizer = await loadTokenizer({ folder: "models/tokenizer" });
 */
export async function loadTokenizer(from: { folder: string } | { gguf: string }): Promise<Tokenizer> {
  const addon = nativeAddon();
  if ("gguf" in from) {
    const native = callNative(() => new addon.Tokenizer({ gguf: from.gguf }));
    return new Tokenizer(native, native.chatTemplate);
  }
  if (typeof from.folder !== "string") {
    throw new LemmaError("LEMMA_E_OPTION", { option: "folder", expected: "a path", found: String(from.folder) });
  }
  const { source, chatTemplate } = await readTokenizerFolder(from.folder);
  return new Tokenizer(
    callNative(() => new addon.Tokenizer(source)),
    chatTemplate,
  );
}
