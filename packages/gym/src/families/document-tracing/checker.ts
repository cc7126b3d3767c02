// The checker of questions about ledgers: judges lines and answers against the entries read from the question. Owns what each line claims;
// must not know wordings. A line may name any entry, whether the reasoning needs it or not.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { entryNumber, plain } from "../../documents/numbered.ts";
import { personNamed } from "../../documents/people.ts";
import { answerOf, asked, type Ledger, type Numbered } from "./ledger.ts";
import { partsOf, WORDS, writeAnswer } from "./trace.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
const MOST_PARTS = 6;

/** `entry 9: K417, to Torsa`. */
function judgeEntry({ entries }: Ledger, number: number, body: string): Verdict | undefined {
  const parts = body.split(/[,，、;；]/).map(plain);
  if (parts.length > MOST_PARTS || parts.includes("")) return undefined;
  const entry = entries[number - 1];
  if (entry === undefined) return refuted({ entries: String(entries.length) });
  if (entry.kind === "other") return refuted({ [`entry ${number}`]: "nothing of the kind" });
  const known = (language: Language) => partsOf({ number, entry } satisfies Numbered, language);
  if (LANGUAGES.some((language) => parts.every((part) => known(language).map(plain).includes(part))))
    return proved("enumeration");
  return refuted({ [`entry ${number}`]: known("en").join(", ") });
}

/** The steps before that name entries of the chain in question, and how many of them it is passed on in. */
function cited(ledger: Ledger, { steps }: StepContext): { from: number[]; hops: Set<number>; moves: number } {
  const chain = new Map(asked(ledger).map(({ number, entry }) => [number, entry]));
  const hops = new Set<number>();
  const from: number[] = [];
  for (const step of steps) {
    const number = entryNumber(step.label ?? "");
    if (number === undefined || !chain.has(number) || step.verdict.verdict !== "proved" || hops.has(number)) continue;
    hops.add(number);
    from.push(step.index);
  }
  return { from, hops, moves: [...hops].filter((number) => chain.get(number)!.kind === "pass").length };
}

function checkStep(ledger: Ledger, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return columnStep(line, context);
  const number = entryNumber(label);
  if (number !== undefined) {
    const verdict = judgeEntry(ledger, number, body);
    return verdict === undefined ? undefined : { ...verdict, from: [-1] };
  }
  const is = (word: "holder" | "name" | "moves" | "cost") =>
    LANGUAGES.some((language) => WORDS[language][word] === label);
  const word = (["holder", "name", "moves", "cost"] as const).find(is);
  if (word === undefined) return columnStep(line, context);
  const { from, hops, moves } = cited(ledger, context);
  if (word === "moves") {
    if (!/^\d{1,6}$/.test(body)) return undefined;
    return { ...(Number(body) === moves ? proved("enumeration") : refuted({ moves: String(moves) })), from };
  }
  const { ask } = ledger;
  const kind = word === "holder" && ask.kind === "at" ? "at" : word;
  const question: Ledger = kind === ask.kind ? ledger : { ...ledger, ask: { kind: kind as "holder", item: ask.item } };
  const right = LANGUAGES.some((language) => plain(body) === plain(writeAnswer(question, language)));
  if (!right) return { ...refuted({ [label]: writeAnswer(question, "en") }), from };
  // It follows only from lines that have all hops.
  const isWhole = asked(question).every((hop) => hops.has(hop.number));
  return { ...(isWhole ? proved("enumeration") : unknown("undecided")), from };
}

function checkAnswer(ledger: Ledger, answer: string): Verdict {
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。\s]+$/, "")
    .trim();
  const expected = answerOf(ledger);
  if (expected.kind === "number") return wholeAnswer(text, String(expected.value));
  if (expected.kind === "code" && text.toUpperCase() === expected.code) return proved("enumeration");
  const person = personNamed(text) ?? personNamed(text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()));
  if (expected.kind === "person" && person === expected.id) return proved("enumeration");
  const isName = /^(?:\p{L}{2,12}|[A-Z]\d{3})$/iu.test(text);
  return isName ? refuted({ expected: writeAnswer(ledger, "en") }) : unknown("unparsed");
}

export const checkerWith = (recognise: (question: string) => Ledger | undefined): TaskChecker<Ledger> => ({
  id: "document-tracing",
  recognise,
  premises: () => [],
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});
