// What the server needs of a model: the part of packages/engine's Model that HTTP uses. The server knows no engine
// beyond this interface, so that anything which generates (another backend, a test's slow model) can be served.

import type {
  FinishReason,
  Message,
  StepChecker,
  StepVerdict,
  StreamEvent,
  TokenLogprob,
  Usage,
  Verified,
} from "@lemma/protocol";

/** Sampling and limits of one request; what is absent takes the model's own default. */
export interface GenerateOptions {
  temperature?: number;
  topP?: number;
  topK?: number;
  minP?: number;
  repetitionPenalty?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  /** Token ids with what is added to their logits. */
  logitBias?: Record<string, number>;
  seed?: number;
  stop?: string[];
  /** Thought and answer together, in tokens. */
  maxTokens?: number;
  n?: number;
  /** How many alternatives per token to report, 0 to 20; absent reports nothing. */
  logprobs?: number;
  thinking?: boolean;
  /** Who asks: tenants share the model fairly, and never each other's cached prompts. */
  tenant?: string;
  /** Divides a tenant's cached prompts further. */
  cacheSalt?: string;
  /** -10 to 10: higher starts earlier among the tenant's requests. */
  priority?: number;
  /** One checker per choice. */
  checker?: (choice: number) => StepChecker;
  signal?: AbortSignal;
}

/** One finished reply. */
export interface GeneratedChoice {
  reasoning: string;
  text: string;
  finishReason: FinishReason;
  logprobs?: { reasoning: TokenLogprob[]; text: TokenLogprob[] };
  steps?: StepVerdict[];
  /** The verdict on the answer, where it was checked before it was given. */
  verified?: Verified;
}

/** A model that can be served. Errors are LemmaErrors; ending the iteration of `stream` early stops its work. */
export interface ServedModel {
  readonly info: { readonly contextLength: number };
  generate(input: Message[], options: GenerateOptions): Promise<{ choices: GeneratedChoice[]; usage: Usage }>;
  stream(input: Message[], options: GenerateOptions): AsyncIterable<StreamEvent>;
}
