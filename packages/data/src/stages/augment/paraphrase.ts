// Paraphrases by a model: the same question in its words. Owns what is asked and when a paraphrase counts as the same problem:
//   its numbers, names and letters are the question's (same-facts.ts), it is neither held out nor asked in a held-out wording, and
//   - where the gym's family reads it: it is the same problem by its key, so its solved answer is the same (proof `read`);
//   - where nobody reads it: the model answers the question once and the paraphrase AGREE times, and each answer agrees with the
//     reference by the row's verifier (proof `answers`).
// Either way the row's reply must pass the verifier with the new question.

import type { Language, Message } from "@lemma/protocol";
import { heldOutIn, heldOutRun } from "../../questions/held-out.ts";
import { keyOf, type Posed, replyFault } from "./posed.ts";
import { answered, fault, type Reason, type Row } from "./rows.ts";
import { factsFault } from "./same-facts.ts";
import { turnOf } from "./solve.ts";
import type { Reply } from "./teacher.ts";

/** Answers to a paraphrase that must all be right. */
export const AGREE = 2;

export const PARAPHRASE_PROMPTS: Readonly<Record<Language, string>> = {
  en: "Say the problem below in other words. Keep its meaning, and each number, name, letter and formula exactly as it is. Answer with the new wording only.\n\n{question}",
  zh: "请换一种说法表述下面的题目。意思不变，所有数字、人名、字母和公式保持原样。只回答新的说法。\n\n{question}",
};

/** The conversation that asks for a paraphrase. */
export const paraphraseRequest = (question: string, prompt: string): Message[] => [
  { role: "user", content: prompt.replace("{question}", () => question) },
];

/** The wording in a reply: without white space and quotes around it. */
export function wordingOf({ text }: Reply): string {
  const plain = text.trim();
  const quoted = /^(?:"([^"]*)"|“([^“”]*)”|`([^`]*)`)$/u.exec(plain);
  return (quoted?.[1] ?? quoted?.[2] ?? quoted?.[3] ?? plain).trim();
}

export type ParaphraseFault = ReturnType<typeof factsFault> | Reason | "cut" | "disagrees" | "duplicate";

/** A paraphrase that passed, as a row where a family reads it. */
export interface Paraphrase {
  question: string;
  reply: Message;
  proof: "read" | "answers";
  row?: Row;
}

/** Asks the model for an answer: the n-th one to this question, counted from 1. */
export type Answering = (question: string, n: number) => Promise<Reply | undefined>;

/** The paraphrase, or why it isn't kept. */
export async function paraphraseOf(
  posed: Posed,
  reply: Reply,
  answer: Answering,
): Promise<Paraphrase | ParaphraseFault> {
  if (reply.finishReason !== "stop") return "cut";
  const question = wordingOf(reply);
  const { language, row } = posed;
  const facts = factsFault(posed.question, question, language, row?.family.names?.[language]);
  if (facts !== undefined) return facts;
  if (row !== undefined) {
    const key = keyOf(row.family, question);
    if (key !== undefined) {
      const made = answered(row.family, question, language, row.level);
      const problem = made === undefined ? "not_read" : fault({ row: made }, row.key);
      return problem ?? { question, reply: made!.reply, proof: "read", row: made! };
    }
    if (heldOutRun(row.family.id, question) !== undefined) return "heldout_wording";
  }
  const held = heldOutIn(question);
  if (held !== undefined) return held.rule;
  if (posed.reply === undefined) return "answer";
  const unproved = replyFault(question, posed, posed.reply);
  if (unproved !== undefined) return unproved;
  const asked: (readonly [string, number])[] = [[posed.question, 1]];
  for (let n = 1; n <= AGREE; n++) asked.push([question, n]);
  for (const [text, n] of asked) {
    const given = await answer(text, n);
    if (given === undefined || given.finishReason !== "stop") return "disagrees";
    if (replyFault(text, posed, turnOf(given)) === "answer") return "disagrees";
  }
  return { question, reply: posed.reply, proof: "answers" };
}
