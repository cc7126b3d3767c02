// Reads the batches of events that the addon delivers (native/event_batch.h owns the layout) and hands each event to the
// request it belongs to. Knows nothing of what requests do with them, and holds no model, so that models can be collected.

import { ERRORS, type ErrorCode, type FinishReason, type LemmaError } from "@lemma/protocol";
import { nativeAddon } from "./native.ts";
import { lemmaError } from "./native-error.ts";

/** What one step did to one choice of one request. `floats` holds logprobs, top logprobs, scores, logits, in this order. */
export interface EngineEvent {
  choice: number;
  reasoning: string;
  text: string;
  tokens: Uint32Array;
  topTokens: Uint32Array;
  floats: Float32Array;
  /** Set with the choice's last event. */
  finish?: { reason: FinishReason | "error"; error?: LemmaError; usage: EngineUsage };
}

/** Tokens of one choice. */
export interface EngineUsage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
}

// Positions of an event's numbers: EventBatch::Slot.
const REQUEST_LOW = 0;
const REQUEST_HIGH = 1;
const CHOICE = 2;
const FINISH = 3;
const REASONING_UNITS = 4;
const TEXT_UNITS = 5;
const MESSAGE_UNITS = 6;
const CODE = 7;
const TOKENS = 8;
const TOP_TOKENS = 9;
const FLOATS = 10;
const PROMPT_TOKENS = 11;
const CACHED_TOKENS = 12;
const COMPLETION_TOKENS = 13;
const REASONING_TOKENS = 14;
const NUMBERS = 15;

const FINISHES = [undefined, "stop", "length", "abort", "error"] as const;

function engineError(code: number, message: string): LemmaError {
  const name = nativeAddon().codeName(code);
  return lemmaError(name in ERRORS ? (name as ErrorCode) : "LEMMA_E_INTERNAL", message);
}

/** Routes events by request id. `onIdle` and `onBusy` hear when the last request ends and the first begins. */
export class EventDispatcher {
  readonly #listeners = new Map<number, (event: EngineEvent) => void>();
  #onBusy: (isBusy: boolean) => void = () => {};

  /** Called with true when the first of no requests begins, with false when the last ends. */
  set onBusy(listener: (isBusy: boolean) => void) {
    this.#onBusy = listener;
  }

  add(request: number, listener: (event: EngineEvent) => void): void {
    this.#listeners.set(request, listener);
    if (this.#listeners.size === 1) this.#onBusy(true);
  }

  remove(request: number): void {
    if (this.#listeners.delete(request) && this.#listeners.size === 0) this.#onBusy(false);
  }

  /** The addon's callback. */
  deliver(numbers: Uint32Array, text: string, tokens: Uint32Array, floats: Float32Array): void {
    let character = 0;
    let token = 0;
    let float = 0;
    for (let at = 0; at < numbers.length; at += NUMBERS) {
      const number = (slot: number): number => numbers[at + slot]!;
      const takeText = (units: number): string => {
        character += units;
        return text.slice(character - units, character);
      };
      const reasoning = takeText(number(REASONING_UNITS));
      const answer = takeText(number(TEXT_UNITS));
      const message = takeText(number(MESSAGE_UNITS));
      const event: EngineEvent = {
        choice: number(CHOICE),
        reasoning,
        text: answer,
        tokens: tokens.subarray(token, token + number(TOKENS)),
        topTokens: tokens.subarray(token + number(TOKENS), token + number(TOKENS) + number(TOP_TOKENS)),
        floats: floats.subarray(float, float + number(FLOATS)),
      };
      token += number(TOKENS) + number(TOP_TOKENS);
      float += number(FLOATS);
      const reason = FINISHES[number(FINISH)];
      if (reason) {
        event.finish = {
          reason,
          usage: {
            promptTokens: number(PROMPT_TOKENS),
            cachedTokens: number(CACHED_TOKENS),
            completionTokens: number(COMPLETION_TOKENS),
            reasoningTokens: number(REASONING_TOKENS),
          },
          ...(reason === "error" ? { error: engineError(number(CODE), message) } : {}),
        };
      }
      this.#listeners.get(number(REQUEST_LOW) + number(REQUEST_HIGH) * 2 ** 32)?.(event);
    }
  }
}
