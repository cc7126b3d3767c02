// One training document: the tokens of a conversation up to one assistant turn, with the loss mask. Owns the chat format
// in tokens (equal to the Jinja template, which a test checks) and what is learned; knows no files.
//
// Learned (loss 1) is all that the model must write: the thought after the prompt's `<think>`, `</think>`, the answer and
// `<|end|>`. The prompt, earlier turns and the prompt's own `<think>` are not (loss 0).

import type { Message } from "@lemma/protocol";

/** What a document needs of a tokenizer. `encode` must never make control tokens. */
export interface DocumentTokenizer {
  encode(text: string): ArrayLike<number>;
  id(content: string): number;
}

/** Tokens of one document; the last `learned` of them are the loss-bearing ones. */
export interface TokenDocument {
  tokens: number[];
  learned: number;
  /** What its learned tokens count in the loss; 1 where left out. */
  weight?: number;
}

const HEAD = { system: "<|system|>", user: "<|user|>", assistant: "<|assistant|>", tool: "<|tool|>" } as const;

/**
 * The documents of a conversation: one for each assistant turn whose weight is not 0, with everything before it and
 * earlier thoughts dropped, as the model will see it when it writes that turn.
 */
export function documentsOf(messages: readonly Message[], tokenizer: DocumentTokenizer): TokenDocument[] {
  const documents: TokenDocument[] = [];
  const before: number[] = [];
  const add = (into: number[], text: string): void => {
    const ids = tokenizer.encode(text);
    for (let i = 0; i < ids.length; i++) into.push(ids[i]!);
  };
  for (const message of messages) {
    const content = message.content;
    if (message.role === "assistant" && message.weight !== 0) {
      const tokens = [...before, tokenizer.id(HEAD.assistant), tokenizer.id("<think>")];
      const prompt = tokens.length;
      add(tokens, message.reasoning_content ?? "");
      tokens.push(tokenizer.id("</think>"));
      add(tokens, content);
      tokens.push(tokenizer.id("<|end|>"));
      const { weight = 1 } = message;
      documents.push({ tokens, learned: tokens.length - prompt, ...(weight === 1 ? {} : { weight }) });
    }
    before.push(tokenizer.id(HEAD[message.role]));
    add(before, message.role === "assistant" ? content.slice(afterThought(content)) : content);
    if (message.role === "assistant") before.push(tokenizer.id("<|end|>"));
  }
  return documents;
}

const afterThought = (content: string): number => {
  const at = content.lastIndexOf("</think>");
  return at < 0 ? 0 : at + "</think>".length;
};
