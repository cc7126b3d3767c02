// The model as TypeScript uses it: a typed face of the native engine. All scheduling is native; here requests are checked,
// submitted and their events routed. Step checkers are passed in: this room knows no mathematics.

import { LemmaError, type Message, type StreamEvent, type Usage } from "@lemma/protocol";
import type { RenderOptions } from "./chat-formatter.ts";
import { type EngineEvent, EventDispatcher } from "./engine-events.ts";
import { type Choice, Generation } from "./generation.ts";
import {
  checkGenerateOptions,
  checkInput,
  checkLoadOptions,
  type GenerateOptions,
  type Input,
  type LoadOptions,
} from "./model-options.ts";
import {
  type EngineStats,
  type ModelInfo,
  type NativeModel,
  type NativeRequest,
  nativeAddon,
  type TensorInfo,
} from "./native.ts";
import { callNative, fromNative } from "./native-error.ts";
import { checkOptions, whole } from "./option-check.ts";
import { resolveModel } from "./resolve-model.ts";
import { nativeWeights, SWAP_RUNNING, type SwapOptions, type WeightSource } from "./swap-weights.ts";
import { type EncodeOptions, type RenderedPrompt, Tokenizer } from "./tokenizer.ts";

/** What `generate` gives. */
export interface GenerateResult {
  choices: Choice[];
  usage: Usage;
}

/** What `score` gives: `logprobs[i]` is that of `tokens[i]` after all before it (the first is 0). */
export interface ScoreResult {
  tokens: Uint32Array;
  logprobs: Float32Array;
  /** With `logitsAt`: the logits of the token after that position, one per vocabulary entry. */
  logits?: Float32Array;
}

/** Ways to use one running request. */
interface Running {
  cancel: () => void;
}

/** A loaded model. Use `loadModel`; dispose of it with `await using` or `dispose()`. Safe to call concurrently. */
export class Model implements AsyncDisposable {
  readonly info: Readonly<ModelInfo>;
  readonly #native: NativeModel;
  readonly #dispatcher: EventDispatcher;
  readonly #tokenizer: Tokenizer | undefined;
  #disposal: Promise<void> | undefined;
  #swapping: Promise<void> = Promise.resolve();

  /** Use `loadModel`. */
  constructor(native: NativeModel, dispatcher: EventDispatcher, info: ModelInfo) {
    this.#native = native;
    this.#dispatcher = dispatcher;
    this.info = Object.freeze(info);
    const tokenizer = native.tokenizer();
    this.#tokenizer = tokenizer === null ? undefined : new Tokenizer(tokenizer, info.chatTemplateSource);
    const weak = new WeakRef(native); // the dispatcher must not keep the model alive
    dispatcher.onBusy = (isBusy) => weak.deref()?.keepAlive(isBusy);
  }

  /** The model's tokenizer. @throws LEMMA_E_TOKENIZER where the file has none */
  get tokenizer(): Tokenizer {
    if (this.#tokenizer) return this.#tokenizer;
    throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `${this.info.path} has none; pass { tokens }` });
  }

  /**
   * Generates to the end and gives the choices. Aborting resolves with what was made so far (finishReason "abort"); a signal
   * that was aborted before gives LEMMA_E_ABORTED.
   * @throws LEMMA_E_OPTION, LEMMA_E_CONTEXT, LEMMA_E_OVERLOADED, LEMMA_E_TEMPLATE, LEMMA_E_DISPOSED
   * @example const { choices } = await model.generate("12+30=?", { temperature: 0 });
   */
  async generate(input: Input, options: GenerateOptions = {}): Promise<GenerateResult> {
    return new Promise((resolve, reject) => {
      this.#start(
        input,
        options,
        () => {},
        (generation, error) => (error === undefined ? resolve(generation.result()) : reject(error)),
      );
    });
  }

  /**
   * Generates and yields events as they come. Leaving the loop cancels the generation.
   * @throws as `generate`, from the first step of the iteration
   * @example for await (const event of model.stream("12+30=?")) if (event.type === "text-delta") print(event.text);
   */
  async *stream(input: Input, options: GenerateOptions = {}): AsyncGenerator<StreamEvent, void, undefined> {
    let arrived: StreamEvent[] = [];
    let end: { error?: unknown } | undefined;
    let wake: () => void = () => {};
    const running = this.#start(
      input,
      options,
      (event) => {
        arrived.push(event);
        wake();
      },
      (_, error) => {
        end = error === undefined ? {} : { error };
        wake();
      },
    );
    try {
      while (true) {
        const events = arrived;
        arrived = [];
        yield* events;
        if (arrived.length > 0) continue;
        if (end) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (end.error !== undefined) throw end.error;
    } finally {
      running.cancel();
    }
  }

  /**
   * The log-probabilities of given tokens under the model; nothing is generated.
   * @throws LEMMA_E_OPTION, LEMMA_E_CONTEXT, LEMMA_E_OVERLOADED, LEMMA_E_DISPOSED
   * @example const { logprobs } = await model.score({ text: "12+30=42" });
   */
  async score(input: Input, options: { logitsAt?: number; signal?: AbortSignal } = {}): Promise<ScoreResult> {
    const { signal, ...rest } = options;
    checkOptions(rest, { logitsAt: whole(0, 2 ** 31) });
    signal?.throwIfAborted();
    const { tokens } = this.#prompt(input, {});
    const event = await new Promise<EngineEvent>((resolve, reject) => {
      const id = this.#submit({
        tokens,
        score: true,
        ...(rest.logitsAt === undefined ? {} : { logitsAt: rest.logitsAt }),
      });
      const onAbort = () => this.#native.cancel(id);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#dispatcher.add(id, (heard) => {
        if (!heard.finish) return;
        this.#dispatcher.remove(id);
        signal?.removeEventListener("abort", onAbort);
        if (heard.finish.reason === "abort") reject(new LemmaError("LEMMA_E_ABORTED"));
        else if (heard.finish.error) reject(heard.finish.error);
        else resolve(heard);
      });
    });
    const logprobs = event.floats.slice(0, tokens.length);
    if (rest.logitsAt === undefined) return { tokens, logprobs };
    return { tokens, logprobs, logits: event.floats.slice(tokens.length) };
  }

  /** The tensors of the model's file: what `swapWeights` asks for. @throws LEMMA_E_DISPOSED */
  tensors(): TensorInfo[] {
    return callNative(() => this.#native.tensors());
  }

  /**
   * Puts other weights in place of the loaded ones, between two steps. They must have the same architecture, tokenizer and
   * tensors (names, types, shapes); the old ones are freed, cached prompts forgotten, and on an error nothing changes.
   * Resolves when the new weights are in use. Requests that wait get the new ones; those that run end with the old ones first
   * (`running: "finish"`, the default), or go on with the new ones and what they have cached of the old (`"continue"`).
   * @throws LEMMA_E_FILE, LEMMA_E_MODEL_FORMAT, LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_OPTION, LEMMA_E_MEMORY, LEMMA_E_DISPOSED
   * @example await model.swapWeights("checkpoints/200/model.gguf");
   */
  swapWeights(weights: WeightSource, options: SwapOptions = {}): Promise<void> {
    const swap = async (): Promise<void> => {
      checkOptions(options, { running: SWAP_RUNNING });
      if (this.#disposal) throw new LemmaError("LEMMA_E_DISPOSED");
      const native = nativeWeights(weights, () => this.tensors());
      try {
        await this.#native.swapWeights(native, options.running ?? "finish");
      } catch (error) {
        throw fromNative(error);
      }
    };
    const swapped = this.#swapping.then(swap); // one at a time: each takes a thread of Node's pool while it waits
    this.#swapping = swapped.catch(() => {});
    return swapped;
  }

  /** Text to tokens; control tokens only with `control`. */
  tokenize(text: string | Uint8Array, options: EncodeOptions = {}): Uint32Array {
    return this.tokenizer.encode(text, options);
  }

  /** Tokens to text, control tokens by their names. */
  detokenize(tokens: Uint32Array | readonly number[]): string {
    return this.tokenizer.decode(tokens);
  }

  /** A conversation as the prompt that `generate` would use. */
  renderChat(messages: readonly Message[], options: RenderOptions = {}): RenderedPrompt {
    return this.tokenizer.renderChat(messages, options);
  }

  /** Counters since loading and the present load. @throws LEMMA_E_DISPOSED */
  stats(): EngineStats {
    return callNative(() => this.#native.stats());
  }

  /** Ends all requests ("abort"), stops the engine and frees the model. Safe at any time and more than once. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#native.dispose();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** The prompt's tokens, and whether it leaves the model inside a thought. */
  #prompt(input: Input, render: RenderOptions): { tokens: Uint32Array; startsInThink: boolean } {
    checkInput(input);
    const tokens = this.#tokensOf(input, render);
    return { tokens, startsInThink: callNative(() => this.#native.endsInThink(tokens)) };
  }

  #tokensOf(input: Input, render: RenderOptions): Uint32Array {
    if (typeof input === "string") return this.#tokensOf([{ role: "user", content: input }], render);
    if ("tokens" in input) return input.tokens;
    if ("text" in input) return this.tokenizer.encode(input.text, { control: true });
    return this.tokenizer.renderChat(input, render).tokens;
  }

  #submit(request: NativeRequest): number {
    if (this.#disposal) throw new LemmaError("LEMMA_E_DISPOSED");
    return callNative(() => this.#native.submit(request));
  }

  /** Checks and submits a request. `emit` hears its events, `done` its end, once; what is thrown here never began. */
  #start(
    input: Input,
    options: GenerateOptions,
    emit: (event: StreamEvent) => void,
    done: (generation: Generation, error?: unknown) => void,
  ): Running {
    checkGenerateOptions(options);
    const { thinking, checker, signal, stop, logitBias, tokenLogprobs, ...sampling } = options;
    if (signal?.aborted) throw new LemmaError("LEMMA_E_ABORTED", {}, { cause: signal.reason });
    const { tokens, startsInThink } = this.#prompt(input, thinking === undefined ? {} : { thinking });
    const generation = new Generation(
      {
        n: options.n ?? 1,
        startsInThink,
        logprobs: options.logprobs,
        tokenLogprobs: tokenLogprobs === true,
        checker,
        isControl: (token) => this.#tokenizer?.isControl(token) === true,
        tokenBytes: (token) => this.#tokenizer?.decodeBytes(Uint32Array.of(token)) ?? new Uint8Array(),
      },
      emit,
    );
    const id = this.#submit({
      ...Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined)),
      tokens,
      startsInThink,
      ...(tokenLogprobs && options.logprobs === undefined ? { logprobs: 0 } : {}),
      ...(logitBias === undefined ? {} : { logitBias: packed(logitBias) }),
      ...(stop === undefined ? {} : { stop: typeof stop === "string" ? [stop] : [...stop] }),
    });
    const cancel = () => this.#native.cancel(id);
    const finish = (error?: unknown) => {
      this.#dispatcher.remove(id);
      signal?.removeEventListener("abort", cancel);
      done(generation, error);
    };
    this.#dispatcher.add(id, (event) => {
      try {
        if (event.finish?.error) throw event.finish.error;
        generation.push(event);
      } catch (error) {
        cancel(); // a checker that throws ends its request, no other
        finish(error);
        return;
      }
      if (generation.isFinished) finish();
    });
    signal?.addEventListener("abort", cancel, { once: true });
    return { cancel };
  }
}

/** Biases as the addon takes them. */
function packed(bias: Readonly<Record<number, number>>): { tokens: Uint32Array; values: Float32Array } {
  return {
    tokens: Uint32Array.from(Object.keys(bias), Number),
    values: Float32Array.from(Object.values(bias)),
  };
}

/**
 * Loads a GGUF model and starts its scheduler.
 * @throws LEMMA_E_FILE, LEMMA_E_MODEL_FORMAT, LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_DEVICE, LEMMA_E_MEMORY, LEMMA_E_OPTION, LEMMA_E_CPU
 * @example await using model = await loadModel({ modelPath: "lemma-s" });
 */
export async function loadModel(options: LoadOptions): Promise<Model> {
  checkLoadOptions(options);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const config = { ...given, modelPath: resolveModel(options.modelPath).path };
  const dispatcher = new EventDispatcher();
  const native = new (nativeAddon().Model)(dispatcher.deliver.bind(dispatcher));
  try {
    return new Model(native, dispatcher, await native.load(config));
  } catch (error) {
    await native.dispose();
    throw fromNative(error);
  }
}
