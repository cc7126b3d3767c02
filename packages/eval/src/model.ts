// What evaluation needs of a model: the part of packages/engine's Model that scoring uses, so that anything which
// generates can be scored.

import type { FinishReason, Message } from "@lemma/protocol";

/** One reply, thought and answer apart. */
export interface Reply {
  reasoning: string;
  text: string;
  finishReason: FinishReason;
}

/** A model that can be scored. */
export interface EvaluatedModel {
  generate(
    input: Message[],
    options: { temperature?: number; seed?: number; n?: number; maxTokens?: number; signal?: AbortSignal },
  ): Promise<{ choices: Reply[] }>;
}
