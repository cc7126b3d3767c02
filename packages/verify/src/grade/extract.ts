// Takes the answer out of a reply. Extractors are explicit and named; which one found the answer is reported, and a reply in which none
// finds one is unparsed, never silently wrong.

/** How an answer is found in a reply. */
export type ExtractorName = "boxed" | "answer-phrase" | "whole";

/** An extracted answer and the extractor that found it. */
export interface Extracted {
  readonly text: string;
  readonly extractor: ExtractorName;
}

/** Those tried where the caller names none, in order. */
export const DEFAULT_EXTRACTORS: readonly ExtractorName[] = ["boxed", "answer-phrase"];

const EXTRACTORS: Readonly<Record<ExtractorName, (reply: string) => string | undefined>> = {
  boxed: lastBoxed,
  "answer-phrase": answerPhrase,
  whole: (reply) => reply.trim() || undefined,
};

/**
 * The answer of a reply. What stands before the last `</think>` is thought, not answer.
 * @example
 * extractAnswer("So the root is \\boxed{\\frac{1}{2}}."); // { text: "\\frac{1}{2}", extractor: "boxed" }
 */
export function extractAnswer(
  reply: string,
  extractors: readonly ExtractorName[] = DEFAULT_EXTRACTORS,
): Extracted | undefined {
  const closed = reply.lastIndexOf("</think>");
  if (closed < 0 && reply.includes("<think>")) return undefined;
  const answer = closed < 0 ? reply : reply.slice(closed + "</think>".length);
  for (const extractor of extractors) {
    const text = EXTRACTORS[extractor](answer);
    if (text !== undefined && text !== "") return { text, extractor };
  }
  return undefined;
}

/** The content of the last `\boxed{…}` or `\fbox{…}` with balanced braces. */
function lastBoxed(reply: string): string | undefined {
  for (let at = reply.length; at >= 0; ) {
    at = Math.max(reply.lastIndexOf("\\boxed", at), reply.lastIndexOf("\\fbox", at));
    if (at < 0) return undefined;
    const open = reply.slice(at).search(/\{/) + at;
    if (open > at && /^\\(?:boxed|fbox)\s*$/.test(reply.slice(at, open))) {
      const close = closingBrace(reply, open);
      if (close !== undefined) return reply.slice(open + 1, close).trim();
    }
    if (at === 0) return undefined;
    at--;
  }
  return undefined;
}

function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return undefined;
}

/** What follows the last "the answer is", "answer:", "答案是", "答案：" on its line. */
function answerPhrase(reply: string): string | undefined {
  const found = [...reply.matchAll(/(?:answer\s*(?:is|:)|答案(?:是|为)?\s*[:：]?)\s*([^\n]{1,400})/gi)].at(-1);
  return found?.[1]?.trim().replace(/[.。!！]+$/, "");
}
