// One request from its events to what callers see: stream events in order, and finished choices. Owns step checking and the
// assignment of log-probabilities to thought and answer; knows nothing of models or transport.

import type { FinishReason, StepChecker, StepVerdict, StreamEvent, TokenLogprob, Usage } from "@lemma/protocol";
import type { EngineEvent, EngineUsage } from "./engine-events.ts";

/** One finished reply. `tokens` has all generated tokens, the end token included. */
export interface Choice {
  reasoning: string;
  text: string;
  tokens: Uint32Array;
  finishReason: FinishReason;
  /** With `logprobs`: those of the thought's and of the answer's tokens, without control tokens. */
  logprobs?: { reasoning: TokenLogprob[]; text: TokenLogprob[] };
  /** With `logprobs` or `tokenLogprobs`: the logarithm of each of `tokens`' probability. */
  tokenLogprobs?: Float32Array;
  /** With a `checker`: the last verdict on each step. */
  steps?: StepVerdict[];
}

/** What a generation needs to know of its request and its model. */
export interface GenerationSetup {
  n: number;
  startsInThink: boolean;
  logprobs: number | undefined;
  tokenLogprobs: boolean;
  checker: StepChecker | ((choice: number) => StepChecker) | undefined;
  isControl: (token: number) => boolean;
  tokenBytes: (token: number) => Uint8Array;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The state of one choice while it grows. */
interface Growing {
  reasoning: string;
  text: string;
  tokens: number[];
  tokenLogprobs: number[];
  logprobs: { reasoning: TokenLogprob[]; text: TokenLogprob[] };
  /** Log-probabilities of tokens whose text is held back. */
  pending: TokenLogprob[];
  checker: StepChecker | undefined;
  steps: StepVerdict[];
  usage: EngineUsage | undefined;
  finishReason: FinishReason | undefined;
}

export class Generation {
  readonly #setup: GenerationSetup;
  readonly #growing: Growing[];
  readonly #emit: (event: StreamEvent) => void;

  /** `emit` hears the stream's events in order. */
  constructor(setup: GenerationSetup, emit: (event: StreamEvent) => void) {
    this.#setup = setup;
    this.#emit = emit;
    this.#growing = Array.from({ length: setup.n }, (_, choice) => ({
      reasoning: "",
      text: "",
      tokens: [],
      tokenLogprobs: [],
      logprobs: { reasoning: [], text: [] },
      pending: [],
      checker: typeof setup.checker === "function" ? setup.checker(choice) : setup.checker,
      steps: [],
      usage: undefined,
      finishReason: undefined,
    }));
  }

  get isFinished(): boolean {
    return this.#growing.every((choice) => choice.finishReason !== undefined);
  }

  /** Takes one event of the engine; `finish.reason` must not be "error". */
  push(event: EngineEvent): void {
    const choice = this.#growing[event.choice]!;
    for (const token of event.tokens) choice.tokens.push(token);
    this.#takeLogprobs(event, choice);
    if (event.reasoning !== "") {
      choice.reasoning += event.reasoning;
      this.#emit(this.#delta("reasoning", event, choice, event.reasoning));
      this.#judge(event.choice, choice, choice.checker?.push(event.reasoning) ?? []);
    }
    if (event.text !== "" || event.finish) this.#endThought(event.choice, choice);
    if (event.text !== "") {
      choice.text += event.text;
      this.#emit(this.#delta("text", event, choice, event.text));
    }
    if (event.finish) this.#finish(event, choice);
  }

  /** The finished choices and the usage of the whole request. */
  result(): { choices: Choice[]; usage: Usage } {
    const hasLogprobs = this.#setup.logprobs !== undefined;
    const choices = this.#growing.map((choice) => ({
      reasoning: choice.reasoning,
      text: choice.text,
      tokens: Uint32Array.from(choice.tokens),
      finishReason: choice.finishReason ?? "abort",
      ...(hasLogprobs ? { logprobs: choice.logprobs } : {}),
      ...(hasLogprobs || this.#setup.tokenLogprobs ? { tokenLogprobs: Float32Array.from(choice.tokenLogprobs) } : {}),
      ...(this.#setup.checker ? { steps: choice.steps } : {}),
    }));
    return { choices, usage: this.#usage() };
  }

  #usage(): Usage {
    const usage: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
    for (const choice of this.#growing) {
      usage.completionTokens += choice.usage?.completionTokens ?? choice.tokens.length;
      usage.reasoningTokens += choice.usage?.reasoningTokens ?? 0;
      if (!choice.usage) continue;
      usage.promptTokens = choice.usage.promptTokens;
      usage.cachedTokens = Math.max(usage.cachedTokens, choice.usage.cachedTokens);
    }
    return usage;
  }

  #takeLogprobs(event: EngineEvent, choice: Growing): void {
    const count = this.#setup.logprobs;
    if ((count === undefined && !this.#setup.tokenLogprobs) || event.floats.length === 0) return;
    if (count === undefined) {
      for (let i = 0; i < event.tokens.length; i++) choice.tokenLogprobs.push(event.floats[i]!);
      return;
    }
    const probability = (token: number, logprob: number) => {
      const bytes = this.#setup.tokenBytes(token);
      return { text: utf8.decode(bytes), bytes: [...bytes], logprob };
    };
    for (const [i, token] of event.tokens.entries()) {
      choice.tokenLogprobs.push(event.floats[i]!);
      if (this.#setup.isControl(token)) continue;
      const top = Array.from({ length: count }, (_, k) => {
        const at = i * count + k;
        return probability(event.topTokens[at]!, event.floats[event.tokens.length + at]!);
      });
      choice.pending.push({ ...probability(token, event.floats[i]!), top });
    }
  }

  /** A delta with the log-probabilities of the tokens up to its own. */
  #delta(channel: "reasoning" | "text", event: EngineEvent, choice: Growing, text: string): StreamEvent {
    const delta = { type: `${channel}-delta` as const, choice: event.choice, text };
    if (this.#setup.logprobs === undefined) return delta;
    const logprobs = choice.pending;
    choice.pending = [];
    choice.logprobs[channel].push(...logprobs);
    return { ...delta, logprobs };
  }

  #judge(index: number, choice: Growing, verdicts: StepVerdict[]): void {
    for (const step of verdicts) {
      choice.steps[step.index] = step;
      this.#emit({ type: "step-verdict", choice: index, step });
    }
  }

  #endThought(index: number, choice: Growing): void {
    const checker = choice.checker;
    if (!checker) return;
    choice.checker = undefined;
    this.#judge(index, choice, checker.end());
  }

  #finish(event: EngineEvent, choice: Growing): void {
    const finish = event.finish!;
    if (choice.pending.length > 0) {
      const inThought = choice.text === "" && (this.#setup.startsInThink || choice.reasoning !== "");
      this.#emit(this.#delta(inThought ? "reasoning" : "text", event, choice, ""));
    }
    choice.usage = finish.usage;
    choice.finishReason = finish.reason as FinishReason;
    this.#emit({ type: "finish", choice: event.choice, finishReason: choice.finishReason, usage: this.#usage() });
  }
}
