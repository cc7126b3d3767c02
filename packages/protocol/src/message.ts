// Conversations as every room passes them. Owns only types.

/** Who speaks. `tool` carries the result of a tool call. */
export type Role = "system" | "user" | "assistant" | "tool";

/** One turn of a conversation. `reasoning_content` is the thought of an assistant turn; `weight` is what it counts in the loss: 1 where left out, 0 excludes it. */
export interface Message {
  role: Role;
  content: string;
  reasoning_content?: string;
  weight?: number;
}

/** Tokens of one request. `reasoningTokens` are part of `completionTokens`; `cachedTokens` are part of `promptTokens`. */
export interface Usage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
}
