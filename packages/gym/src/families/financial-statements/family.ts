// Financial statements of invented companies: do the totals agree with their lines, a line that is missing, margins, ratios and changes
// from year to year. Owns the family's entry and the judgement of answers; its parts stand beside.

import type { Language, Verdict } from "@lemma/protocol";
import { proved, refuted, type TaskChecker, unknown, withoutUnit } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { attempt, isSound, LEVELS } from "./draw.ts";
import { ANY_NAME, IDS, type Id, idNamed, nameOf } from "./items.ts";
import { answerValue, checkedTotals, type Financial, wrongTotal } from "./problem.ts";
import { readStatement } from "./read.ts";
import { statementStep, trace } from "./trace.ts";
import { statementPhrasings } from "./wordings.ts";

const AGREED: Readonly<Record<Language, string>> = { en: "yes", zh: "相符" };
const SLIPS: Readonly<Record<Language, readonly [high: string, low: string]>> = {
  en: ["too high", "too low"],
  zh: ["多", "少"],
};

function answerOf(problem: Financial, language: Language): string {
  if (problem.kind !== "footing") return answerValue(problem);
  const wrong = wrongTotal(problem);
  if (wrong === undefined) return AGREED[language];
  const [name, by] = [nameOf(wrong.id, language), Math.abs(wrong.excess)];
  const slip = SLIPS[language][wrong.excess > 0 ? 0 : 1];
  return language === "en" ? `${name}, ${by} ${slip}` : `${name}，${slip}${by}`;
}

/** Units that may stand behind an answer. */
const UNITS: Readonly<Partial<Record<Financial["kind"], readonly string[]>>> = {
  missing: ["thousand euros", "thousands of euros", "€ thousand", "euros", "euro", "€", "万元", "千元", "元"],
  margin: ["%", "percent", "per cent"],
  change: ["%", "percent", "per cent"],
};

const YES =
  /^(?:yes|all (?:totals )?(?:agree|match)|they (?:all )?(?:agree|match|add up)|agree|相符|都相符|全部相符|是|一致)[.!。！]?$/i;
const NO = /^(?:no|否|不是|不相符|不符|不一致)[.!。！]?$/i;
const HIGH = /high|over|excess|more|above|\+|多|高/i;
const LOW = /low|under|short|less|below|-|少|低/i;

/** A claim about the wrong total: its name, the number, which way; undefined where it can't be read. */
function readSlip(problem: Financial, answer: string): { id: Id; by: number; isHigh?: boolean } | undefined {
  const totals = checkedTotals(problem);
  const found = [...answer.matchAll(new RegExp(ANY_NAME, "gi"))].map(([name]) => idNamed(name)!);
  const id = found[0] ?? (totals.length === 1 ? totals[0]!.id : undefined);
  const rest = answer.replace(new RegExp(ANY_NAME, "gi"), " ");
  const numbers = rest.match(/\d[\d,]*/g) ?? [];
  if (id === undefined || found.length > 1 || numbers.length !== 1) return undefined;
  const by = Number(numbers[0]!.replaceAll(",", ""));
  const [isHigh, isLow] = [HIGH.test(rest), LOW.test(rest)];
  return isHigh === isLow ? { id, by } : { id, by, isHigh };
}

function checkFooting(problem: Financial, answer: string): Verdict {
  const text = answer
    .replace(/\\text\{([^{}]*)\}/g, "$1")
    .replace(/[−–]/g, "-")
    .trim();
  const wrong = wrongTotal(problem);
  const expected = answerOf(problem, "en");
  if (YES.test(text)) return wrong === undefined ? proved() : refuted({ answer, expected });
  if (NO.test(text)) return wrong === undefined ? refuted({ answer, expected }) : unknown("unparsed");
  if (text.length > 200) return unknown("unparsed");
  const slip = readSlip(problem, text);
  if (slip === undefined) return unknown("unparsed");
  const isRight =
    wrong?.id === slip.id &&
    Math.abs(wrong.excess) === slip.by &&
    (slip.isHigh === undefined || slip.isHigh === wrong.excess > 0);
  return isRight ? proved() : refuted({ answer, expected });
}

const checker: TaskChecker<Financial> = {
  id: "financial-statements",
  recognise: readStatement,
  // The values as plain numbers: a document may group their digits.
  premises: ({ rows }) =>
    rows.flatMap(({ values }) => values.flatMap((value) => (value === undefined ? [] : `${value}=${value}`))),
  checkStep: statementStep,
  checkAnswer: (problem, answer, budget) =>
    problem.kind === "footing"
      ? checkFooting(problem, answer)
      : wholeAnswer(
          withoutUnit(problem.kind === "missing" ? answer.replace(/^\s*[€$£¥]/, "") : answer, UNITS[problem.kind]),
          answerValue(problem),
          budget,
        ),
  answerBy: "recomputing",
};

/** Financial statements; the default level has one statement of one year, and all kinds of questions. */
export const financialStatements: Family<Financial> = {
  id: "financial-statements",
  area: "documents",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw(random, level) {
    const kind = random.pick(LEVELS[level - 1]!.kinds);
    for (;;) {
      const problem = attempt(random, kind, level);
      if (isSound(problem)) return problem;
    }
  },
  key: ({ kind, asked = "", rows, column }) =>
    `${kind} ${asked} ${column}: ${rows.map(({ id, values }) => `${id} ${values.map((value) => value ?? "?").join(" ")}`).join("; ")}`,
  cell: ({ kind }) => kind,
  trace,
  answer: answerOf,
  verifier: ({ kind }) =>
    kind === "footing"
      ? { kind: "text", task: "financial-statements" }
      : { kind: "number", ...(UNITS[kind] === undefined ? {} : { units: UNITS[kind] }) },
  vocabulary: [
    "gcd",
    "2",
    "3",
    "5",
    "7",
    "100",
    "too",
    "high",
    "low",
    "yes",
    "相符",
    "多",
    "少",
    ...IDS.flatMap((id) => [nameOf(id, "en"), nameOf(id, "zh")]),
  ].flatMap((words) => words.match(/\p{L}+|\d+/gu) ?? []),
  phrasings: statementPhrasings,
  leastWordings: 8,
  checker,
  carriers: "keep-case",
  // All but `prompts`: the names of lines follow each other in every statement, whatever the wording.
  proofs: ["reproducible", "wordings", "questions", "computable", "steps", "answers", "perturbations", "frequency"],
};
