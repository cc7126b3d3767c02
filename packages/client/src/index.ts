// The public surface of @lemma/client.

export {
  LemmaError,
  type Message,
  type StepVerdict,
  type StreamEvent,
  type Usage,
  type Verified,
} from "@lemma/protocol";
export type { ChatRequest, Choice, Reply } from "./chat-types.ts";
export { Lemma, type LemmaOptions } from "./lemma.ts";
