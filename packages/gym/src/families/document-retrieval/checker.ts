// The checker of questions about registers: judges lines and answers against the entries read from the question. Owns what each line claims;
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
import { entryNumber, plain } from "../../documents/numbered.ts";
import { personNamed } from "../../documents/people.ts";
import { answerOf, entriesOf, lastAmount, type Numbered, type Register, recordsWith } from "./register.ts";
import { countedParts, partsOf, WORDS, writeAnswer } from "./trace.ts";
import { placeOf, TOWNS, TRADES } from "./words.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
const MOST_PARTS = 8;
const split = (body: string): string[] => body.split(/[,，、;；]/).map((part) => part.trim());

/** Whether each part that a line claims is among those that hold, in one of the languages. */
const holds = (parts: readonly string[], known: (language: Language) => readonly string[]): boolean =>
  LANGUAGES.some((language) => {
    const said = new Set(known(language).map(plain));
    return parts.every((part) => said.has(plain(part)));
  });

function numbered({ entries }: Register, number: number): Numbered | "other" | undefined {
  const entry = entries[number - 1];
  return entry === undefined || entry.kind === "other" ? entry && "other" : { number, entry };
}

/** `entry 12: Balan, 45`. */
function judgeEntry(register: Register, number: number, body: string): Verdict | undefined {
  const parts = split(body);
  if (parts.length > MOST_PARTS || parts.includes("")) return undefined;
  const found = numbered(register, number);
  if (found === undefined) return refuted({ entries: String(register.entries.length) });
  if (found === "other") return refuted({ [`entry ${number}`]: "nothing of the kind" });
  if (holds(parts, (language) => partsOf(found, language))) return proved("enumeration");
  return refuted({ [`entry ${number}`]: partsOf(found, "en").join(", ") });
}

/** `2: entry 17, miller`: the second of those that are counted. */
function judgeCounted(register: Register, rank: number, body: string): Verdict | undefined {
  const { ask } = register;
  const [label = "", ...parts] = split(body);
  const number = entryNumber(label);
  if (ask.kind !== "count" || number === undefined || parts.length > MOST_PARTS) return undefined;
  const right = recordsWith(register, ask.trade, ask.town)[rank - 1];
  if (right === undefined) return refuted({ count: String(recordsWith(register, ask.trade, ask.town).length) });
  if (right.number === number && holds([label, ...parts], (language) => countedParts(right, language)))
    return proved("enumeration");
  return refuted({ [String(rank)]: countedParts(right, "en").join(", ") });
}

/** The person whose entries were looked at last. */
function lastPerson(register: Register, { steps }: StepContext): { person: number; from: number[] } | undefined {
  const from: number[] = [];
  let person: number | undefined;
  for (const step of steps.toReversed().slice(0, 100)) {
    const number = entryNumber(step.label ?? "");
    const found = number === undefined ? undefined : numbered(register, number);
    if (found === undefined || found === "other" || (person !== undefined && found.entry.person !== person)) break;
    person = found.entry.person;
    from.unshift(step.index);
  }
  return person === undefined ? undefined : { person, from };
}

function checkStep(register: Register, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return undefined;
  const number = entryNumber(label);
  const read =
    number !== undefined
      ? judgeEntry(register, number, body)
      : /^\d{1,3}$/.test(label)
        ? judgeCounted(register, Number(label), body)
        : undefined;
  if (read !== undefined) return { ...read, from: [-1] };
  const isWord = (word: "last" | "count") => LANGUAGES.some((language) => WORDS[language][word] === label);
  if (!/^\d{1,6}$/.test(body)) return undefined;
  if (isWord("last")) {
    const seen = lastPerson(register, context);
    if (seen === undefined) return undefined;
    const amount = lastAmount(register, seen.person);
    // It follows only from lines that have all entries of the person.
    const isWhole = seen.from.length >= entriesOf(register, seen.person).length;
    if (Number(body) !== amount) return { ...refuted({ last: String(amount) }), from: seen.from };
    return { ...(isWhole ? proved("enumeration") : unknown("undecided")), from: seen.from };
  }
  const { ask } = register;
  if (!isWord("count") || ask.kind !== "count") return undefined;
  const count = recordsWith(register, ask.trade, ask.town).length;
  const from = context.steps.filter((step) => /^\d{1,3}$/.test(step.label ?? "")).map(({ index }) => index);
  return {
    ...(Number(body) === count ? proved("enumeration") : refuted({ count: String(count) })),
    from: count === 0 ? [-1] : from,
  };
}

function checkAnswer(register: Register, answer: string): Verdict {
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。\s]+$/, "")
    .replace(/^(?:the|an?|in)\s+|^在/i, "")
    .trim();
  const expected = answerOf(register);
  if (expected.kind === "number") return wholeAnswer(text, String(expected.value));
  const known = {
    person: personNamed(text) ?? personNamed(text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())),
    town: placeOf(text, TOWNS),
    trade: placeOf(text, TRADES),
  };
  if (known[expected.kind] === expected.id) return proved("enumeration");
  const isName = Object.values(known).some((value) => value !== undefined) || /^\p{L}{2,12}$/u.test(text);
  return isName ? refuted({ expected: writeAnswer(register, "en") }) : unknown("unparsed");
}

export const checkerWith = (recognise: (question: string) => Register | undefined): TaskChecker<Register> => ({
  id: "document-retrieval",
  recognise,
  premises: () => [],
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});
