// A paced model whose replies differ by attempt: a real one can't be brought to fail at will. What it writes at each request of a
// conversation is scripted; the pace, the counting and the counting of tokens are PacedModel's.

import type { Message, StreamEvent } from "@lemma/protocol";
import type { GenerateOptions } from "../src/served-model.ts";
import { type Pace, PacedModel } from "./paced-model.ts";

/** One reply: the thought, and the answer piece by piece. */
export interface ScriptedReply {
  thought?: string[];
  pieces: string[];
  pace?: Partial<Pace>;
}

export class AttemptingModel extends PacedModel {
  readonly #replies: (question: string) => readonly ScriptedReply[];
  readonly #attempts = new Map<string, number>();

  /** `replies` to a question, in the order of asking; the last one again when they are used up. */
  constructor(replies: (question: string) => readonly ScriptedReply[]) {
    super();
    this.#replies = replies;
  }

  override async *stream(input: Message[], options: GenerateOptions): AsyncGenerator<StreamEvent> {
    const question = input.at(-1)!.content;
    const attempt = this.#attempts.get(question) ?? 0;
    this.#attempts.set(question, attempt + 1);
    const {
      thought = [],
      pieces,
      pace = {},
    } = this.#replies(question).at(Math.min(attempt, this.#replies(question).length - 1))!;
    // The pace is read when the generation begins, before anything else can run.
    Object.assign(this.pace, { thought, pieces, eachMs: 0, firstMs: 0, failure: undefined, ...pace });
    yield* super.stream(input, options);
  }
}
