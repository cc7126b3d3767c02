// One model's chat template: the native formatter where the core knows the template, Jinja under limits where it doesn't.
// Text of messages is marked, so that the tokenizer never reads a control token out of it. Knows no model.

import { LemmaError, type Message } from "@lemma/protocol";
import { renderJinja } from "./jinja-template.ts";
import { type NativeChat, type NativeChatTemplate, nativeAddon } from "./native.ts";
import { callNative } from "./native-error.ts";

/** How a conversation becomes a prompt. `thinking` false asks the template to close the thought at once. */
export interface RenderOptions {
  thinking?: boolean;
  addGenerationPrompt?: boolean;
}

export class ChatFormatter {
  readonly #source: string;
  readonly #native: NativeChatTemplate;
  readonly #bos: string;
  readonly #eos: string;
  readonly #controlTokens: readonly string[];

  /** `controlTokens` are the texts that must not come out of messages; `bos` and `eos` the texts that templates may write. */
  constructor(source: string, tokens: { bos: string; eos: string; control: readonly string[] }) {
    this.#source = source;
    this.#native = new (nativeAddon().ChatTemplate)(source);
    this.#bos = tokens.bos;
    this.#eos = tokens.eos;
    this.#controlTokens = tokens.control;
  }

  /** The native family (lemma, deepseek-r1, chatml, llama-3), or "" where Jinja renders. */
  get name(): string {
    return this.#native.name;
  }

  /** The prompt's text and the byte ranges of it that came from messages. @throws LEMMA_E_TEMPLATE */
  format(messages: readonly Message[], options: RenderOptions = {}): NativeChat {
    const thinking = options.thinking ?? true;
    const addGenerationPrompt = options.addGenerationPrompt ?? true;
    if (this.#native.name !== "") {
      return callNative(() => this.#native.format(messages, thinking, addGenerationPrompt, this.#bos));
    }
    if (this.#source === "") {
      throw new LemmaError("LEMMA_E_TEMPLATE", { problem: "the model has none" });
    }
    return renderJinja(this.#source, {
      messages,
      thinking,
      addGenerationPrompt,
      bos: this.#bos,
      eos: this.#eos,
      controlTokens: this.#controlTokens,
    });
  }
}
