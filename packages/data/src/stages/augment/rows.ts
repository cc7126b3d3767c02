// A training row as augmentation sees it: a question that a family reads, and who asked it how. Owns reading a document as such a row,
// writing one, and the check that every written row passes.

import { type Family, phrasingsOf, type Random, splitOf } from "@lemma/gym";
import type { Language, Message } from "@lemma/protocol";
import { checkAnswer, checkSteps } from "@lemma/verify";
import type { DataDocument } from "../../documents/document.ts";
import { familiesOf, heldOutRun, readQuestion } from "../../questions/held-out.ts";

/** A question with its problem. */
export interface Row {
  family: Family;
  problem: unknown;
  /** As a dataset row has it: the family's id and the problem's own key. */
  key: string;
  language: Language;
  level: number;
  question: string;
  reply: Message;
}

/** A new row, and what it should say about its making. */
export interface Made {
  row: Row;
  /** Turns before its question. */
  earlier?: Message[];
  /** Of a row of several problems: each by itself; the row is right where all are. */
  parts?: Row[];
}

/** Why a document has no row to start from, or a made row is not written. */
export type Reason = "heldout_problem" | "heldout_wording" | "not_read" | "other_problem" | "answer" | "steps";

/** The row of a document's last question; a reason where no family reads it or it may not be trained on. */
export function rowOf(document: DataDocument): Row | Reason {
  const { messages = [], fields } = document;
  const at = messages.findLastIndex(({ role }) => role === "user");
  const reply = messages[at + 1];
  if (at < 0 || reply?.role !== "assistant") return "not_read";
  const question = messages[at]!.content;
  const [read] = readQuestion(question, familiesOf(document));
  if (read === undefined) return "not_read";
  const given = fields?.language;
  const language: Language = given === "en" || given === "zh" ? given : /\p{Script=Han}/u.test(question) ? "zh" : "en";
  const level = levelOf(read.family, read.problem, fields?.level);
  const row = { ...read, language, level, question, reply };
  return heldOutReason(row) ?? row;
}

/** The level that a row names, else the default one, else the first whose cells have the problem's. */
function levelOf(family: Family, problem: unknown, given: unknown): number {
  const cell = family.cell(problem);
  const levels = Array.from({ length: family.levels }, (_, i) => i + 1);
  const fits = (level: unknown): level is number =>
    levels.includes(level as number) && family.cells(level as number).includes(cell);
  return [given, family.defaultLevel, ...levels].find(fits) ?? family.defaultLevel;
}

function heldOutReason({ family, key, question }: Row): Reason | undefined {
  if (splitOf(key) === "heldout") return "heldout_problem";
  return heldOutRun(family.id, question) === undefined ? undefined : "heldout_wording";
}

/** A problem asked in a trained wording that isn't one of `not`. */
export function asked(family: Family, problem: unknown, language: Language, random: Random, not = ""): string {
  const phrasings = phrasingsOf(family, language, "trained");
  const question = (): string => random.pick(phrasings).render(problem, random);
  let text = question();
  for (let tries = 0; text === not && tries < 8; tries++) text = question();
  return text;
}

/** The row that answers a question by the family's own reasoning; undefined where the family doesn't read it. */
export function answered(family: Family, question: string, language: Language, level: number): Row | undefined {
  const [read] = readQuestion(question, [family]);
  if (read === undefined) return undefined;
  const { problem } = read;
  const reply: Message = {
    role: "assistant",
    content: family.reply?.(problem, language) ?? `\\boxed{${family.answer(problem, language)}}`,
    reasoning_content: family.trace(problem, language, question).join("\n"),
  };
  return { ...read, language, level, question, reply };
}

/** Why a row may not be written: held out, or not proved by its family. `key`: the problem that it must still be. */
export function fault({ row, earlier = [], parts = [] }: Made, key?: string): Reason | undefined {
  if (key !== undefined && row.key !== key) return "other_problem";
  for (const one of parts.length > 0 ? parts : [row]) {
    const reason = heldOutReason(one) ?? proofFault(one);
    if (reason !== undefined) return reason;
  }
  const turns = [...earlier.filter(({ role }) => role === "user").map(({ content }) => content), row.question];
  for (const turn of turns)
    for (const read of readQuestion(turn, [row.family, ...parts.map(({ family }) => family)])) {
      if (splitOf(read.key) === "heldout") return "heldout_problem";
      if (heldOutRun(read.family.id, turn) !== undefined) return "heldout_wording";
    }
  return undefined;
}

/** The family's verifier: the answer is proved, and no step that stands is refuted. */
function proofFault({ family, question, reply }: Row): Reason | undefined {
  if (checkAnswer({ question, response: reply.content, task: family.id }).verdict !== "proved") return "answer";
  const steps = checkSteps({ question, reasoning: reply.reasoning_content ?? "", task: family.id });
  return steps.some(({ verdict, withdrawn }) => verdict === "refuted" && withdrawn !== true) ? "steps" : undefined;
}
