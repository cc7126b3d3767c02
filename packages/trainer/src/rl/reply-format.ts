// The form of a reply: one closed thought, then one answer. Owns what counts as a fault of form; reads no mathematics.

import type { DatasetRow } from "@lemma/protocol";
import type { RolloutReply } from "./rollouts.ts";

const MARKS = /<\/?think>|<\|[a-z]+\|>/;

/**
 * What is wrong with a reply's form, or undefined. What the answer has to look like is what the row's own solution looks like.
 * @example formatFault({ …, text: "" }, row) // "the thought was not closed"
 */
export function formatFault(
  reply: Pick<RolloutReply, "reasoning" | "text" | "isTruncated">,
  row: DatasetRow,
): string | undefined {
  if (reply.isTruncated) return "cut off";
  if (reply.text.trim() === "") return "there is no answer behind a closed thought";
  if (MARKS.test(reply.text)) return "the answer holds marks of the conversation";
  const wanted = row.messages.at(-1)!.content;
  const [boxes, expected] = [boxesOf(reply.text), boxesOf(wanted)];
  if (expected > 0 && boxes === 0) return "the answer has no \\boxed{…}";
  if (expected > 0 && boxes > expected) return `expected ${expected} \\boxed{…}, found ${boxes}`;
  if (wanted.startsWith("\\boxed{") && expected === 1 && !/^\\boxed\{[\s\S]*\}$/.test(reply.text.trim()))
    return "there is text around the \\boxed{…}";
  if (expected > 0 && countOf(reply.text, "{") !== countOf(reply.text, "}")) return "the answer's braces do not match";
  if (wanted.includes("```") && !reply.text.includes("```")) return "the answer has no fenced block";
  return undefined;
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;
const boxesOf = (text: string): number => countOf(text, "\\boxed");
