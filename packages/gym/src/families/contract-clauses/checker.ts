// The checker of questions about contracts: judges lines and answers of a contract read from a question. Owns what each line claims; must not
// know wordings. A line about a clause may say any part of it, whether the reasoning needs it or not.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
  withoutUnit,
} from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { daysBetween } from "../units-dates/calendar.ts";
import { answerOf, type Contract } from "./contract.ts";
import { isDateText, readDate } from "./dates.ts";
import { partyName, partyNamed, ROLES } from "./parties.ts";
import { amendmentParts, partsOf, WORDS, writeAnswer, writeTrace } from "./trace.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
const plain = (text: string): string => text.replace(/\s+/g, "").toLowerCase();

/** The parts that a line claims, and whether each is among those that hold. */
function judgeParts(body: string, label: string, isTrue: (language: Language) => readonly string[]): TaskVerdict {
  const claimed = body.split(/[,，、;；]/).map(plain);
  for (const language of LANGUAGES) {
    const known = isTrue(language).map(plain);
    if (claimed.every((part) => known.includes(part))) return { ...proved("enumeration"), from: [-1] };
  }
  return { ...refuted({ [label]: isTrue("en").join(", ") }), from: [-1] };
}

/** `clause 4: …`, 第4条：…, `amendment: …`. */
function judgeReading(contract: Contract, label: string, body: string): TaskVerdict | undefined {
  const number = /^(?:clause ?(\d{1,3})|第 ?(\d{1,3}) ?条)$/i.exec(label);
  if (number !== null) {
    const clause = contract.clauses[Number(number[1] ?? number[2]) - 1];
    if (clause === undefined) return { ...refuted({ clauses: String(contract.clauses.length) }), from: [-1] };
    return judgeParts(body, label, (language) => partsOf(contract, clause, language));
  }
  if (!LANGUAGES.some((language) => WORDS[language].amendment === label)) return undefined;
  if (contract.amendment === undefined) return { ...refuted({ amendment: "none" }), from: [-1] };
  return judgeParts(body, label, (language) => amendmentParts(contract, language));
}

/** `Client=Norvane`. */
function judgeParty({ type, parties }: Contract, body: string): TaskVerdict | undefined {
  const sides = body.split("=").map((side) => side.trim());
  if (sides.length !== 2) return undefined;
  for (const language of LANGUAGES)
    for (const side of [0, 1] as const)
      if (sides[0] === ROLES[type]![language][side]) {
        const name = partyName(parties[side], language);
        const isRight = partyNamed(sides[1]!) === parties[side] || sides[1] === name;
        return { ...(isRight ? proved("enumeration") : refuted({ [sides[0]]: name })), from: [-1] };
      }
  return undefined;
}

/** `35>30`: refuted where a fact is held against a number that its clause does not have; the rest is the general checker's. */
function judgeComparison(contract: Contract, body: string): TaskVerdict | undefined {
  const [, left, , right] = /^(\d{1,9})(<=|>=|<|>)(\d{1,9})$/.exec(body) ?? [];
  if (left === undefined) return undefined;
  const known = writeTrace(contract, "en").filter((line) => new RegExp(`^${left}(?:<=|>)\\d+$`).test(line));
  if (known.length === 0 || known.some((line) => line.endsWith(right!) && /\D/.test(line.at(-right!.length - 1)!)))
    return undefined;
  return { ...refuted({ [body]: known[0]! }), from: [-1] };
}

function checkStep(contract: Contract, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined)
    return (
      judgeParty(contract, body) ??
      judgeComparison(contract, body) ??
      quotientStep(line, context) ??
      columnStep(line, context)
    );
  const read = judgeReading(contract, label, body);
  if (read !== undefined) return read;
  // Lines of dates and results: what the reasoning of this contract says under the same label.
  const said = LANGUAGES.flatMap((language) => writeTrace(contract, language)).flatMap((text) => {
    const [, known, rest] = /^([^:：]+):\s*(.*)$/.exec(text) ?? [];
    return known === label && !/^\d+[+-]\d+$/.test(label) ? [rest!] : [];
  });
  if (said.length === 0) return quotientStep(line, context) ?? columnStep(line, context);
  if (!said.some((text) => plain(text) === plain(body))) return refuted({ [label]: said[0]! });
  const last = context.steps.at(-1)?.index ?? -1;
  const from = new Set([...sourcesOf(body.match(/\d+/g) ?? [], context).filter((at) => at >= 0), last]);
  return { ...proved("enumeration"), from: [...from].sort((a, b) => a - b) };
}

const YES = /^(?:yes|true|是|可以|能|对)$/i;
const NO = /^(?:no|false|否|不可以|不能|不是|不)$/i;
const EUROS = ["euros", "euro", "EUR", "€", "元", "欧元"];

function checkAnswer(contract: Contract, answer: string): Verdict {
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]/g, " ")
    .replace(/[.。\s]+$/, "")
    .trim();
  const expected = answerOf(contract);
  const wrong = refuted({ expected: writeAnswer(contract, "en") });
  if (typeof expected === "boolean") {
    const said = YES.test(text) ? true : NO.test(text) ? false : undefined;
    if (said === undefined) return unknown("unparsed");
    return said === expected ? proved("enumeration") : wrong;
  }
  if (typeof expected === "number") {
    const bare = text.replace(/^(?:clause|the|article|no\.?|§|第|€)\s*/gi, "").replace(/\s*[条款]$/, "");
    return wholeAnswer(withoutUnit(bare, EUROS), String(expected));
  }
  if ("party" in expected) {
    const bare = text.replace(/^the\s+/i, "");
    const role = ROLES[contract.type]!;
    const side = ([0, 1] as const).find(
      (one) =>
        partyNamed(bare) === contract.parties[one] ||
        LANGUAGES.some((language) =>
          [partyName(contract.parties[one], language), role[language][one]].some(
            (name) => name.toLowerCase() === bare.toLowerCase(),
          ),
        ),
    );
    if (side === undefined) return /^\p{L}[\p{L} ]*$/u.test(bare) ? wrong : unknown("unparsed");
    return side === expected.party ? proved("enumeration") : wrong;
  }
  if (!isDateText(text)) return unknown("unparsed");
  const day = readDate(text); // none for 31 June, which no answer can be
  return day !== undefined && daysBetween(day, expected) === 0 ? proved("enumeration") : wrong;
}

/** Numbers that reasoning brings in: lengths of months, hundredths. */
const PREMISES = ["31+30+29+28=118", "100+4=104"];

export const checkerWith = (recognise: (question: string) => Contract | undefined): TaskChecker<Contract> => ({
  id: "contract-clauses",
  recognise,
  premises: () => PREMISES,
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});
