// Rejection sampling: a model solves a question k times, and what its verifier proves is kept. Owns which replies are refused and why.

import type { Language, Message } from "@lemma/protocol";
import { type Posed, replyFault } from "./posed.ts";
import type { Reply } from "./teacher.ts";

/** What an endpoint is told before a question where nothing else is asked for. */
export const SOLVE_PROMPT =
  "Solve the problem. Reason step by step, one short step a line. End with the final answer in \\boxed{}.";

/** The conversation that asks for a solution. */
export const solveRequest = (question: string, prompt: string): Message[] => [
  ...(prompt === "" ? [] : [{ role: "system" as const, content: prompt }]),
  { role: "user", content: question },
];

/** A reply as a turn. */
export const turnOf = ({ text, reasoning }: Reply): Message => ({
  role: "assistant",
  content: text,
  ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
});

export type SolveFault = "cut" | "empty" | "language" | "repeats" | "answer" | "steps" | "duplicate";

/** Why a solution is not kept; `seen` holds what is there already, and gets what is kept. */
export function solutionFault(posed: Posed, reply: Reply, seen: Set<string>): SolveFault | undefined {
  if (reply.finishReason !== "stop") return "cut";
  if (reply.text === "") return "empty";
  const turn = turnOf(reply);
  const all = `${reply.reasoning}\n${reply.text}`;
  if (isOther(all, posed.language)) return "language";
  if (repeats(all)) return "repeats";
  const fault = replyFault(posed.question, posed, turn, posed.row?.family);
  if (fault !== undefined) return fault;
  const plain = plainTurn(turn);
  if (seen.has(plain)) return "duplicate";
  seen.add(plain);
  return undefined;
}

/** A turn without what is no difference: case, white space. */
export const plainTurn = ({ content, reasoning_content: reasoning = "" }: Message): string =>
  `${reasoning}\n${content}`.toLowerCase().replace(/\s+/g, "");

/** English with Chinese in it; Chinese mathematics may be all formulas. */
const isOther = (text: string, language: Language): boolean => language === "en" && /\p{Script=Han}/u.test(text);

/** Of so many lines less than half are different: the model went round in circles. */
const REPEATED_LINES = 12;

function repeats(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length >= REPEATED_LINES && 2 * new Set(lines).size < lines.length;
}
