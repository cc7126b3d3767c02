// How divisibility is asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {a} and {b} the numbers, {gcd} and {lcm} a name of the quantity ({Gcd} {Lcm} at the beginning of a sentence), {GCD} and {LCM}
// the short name.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE, NAMES_ZH } from "./chinese.ts";
import { ENGLISH, NAMES_EN } from "./english.ts";
import type { DivisorProblem } from "./problem.ts";

type Asked = DivisorProblem["asks"];

/** One text for each thing that is asked. */
export type Wording = Readonly<Record<Asked, string>>;

const ASKED = ["gcd", "lcm", "factors"] as const;
const SHORT = { gcd: ["gcd", "GCD", "gcf", "hcf"], lcm: ["lcm", "LCM"] } as const;

function slotsFor(problem: DivisorProblem, language: Language, random: Random) {
  const numbers = { a: String(problem.a), b: problem.asks === "factors" ? "" : String(problem.b) };
  if (problem.asks === "factors") return numbers;
  const { asks } = problem;
  const name: string = random.pick((language === "en" ? NAMES_EN : NAMES_ZH)[asks]);
  const capital = name.length === 3 ? name.toUpperCase() : name[0]!.toUpperCase() + name.slice(1);
  const short: string = random.pick(SHORT[asks]);
  return { ...numbers, [asks]: name, [asks === "gcd" ? "Gcd" : "Lcm"]: capital, [asks.toUpperCase()]: short };
}

/** The wordings of the family, by language. */
export const gcdFactorsPhrasings = phrasingsFrom<DivisorProblem, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const forms = { gcd: template(wording.gcd), lcm: template(wording.lcm), factors: template(wording.factors) };
    return {
      templates: Object.values(forms),
      render: (problem, random) => forms[problem.asks].render(slotsFor(problem, language, random), random),
    };
  },
);

const NAMED = {
  gcd: "(?:greatest|highest|largest|biggest) common (?:divisor|factor)|gcd|gcf|hcf|最大公[约因]数",
  lcm: "(?:least|lowest|smallest) common multiple|lcm|最小公倍数",
} as const;
const PAIR = "\\s*(?:of\\s|[:：])?\\s*\\(?\\s*(\\d+)\\s*(?:,|，|、|and\\s|和|与)\\s*(\\d+)(?![\\d.])";
/** The quantity by name, with its two numbers directly behind. */
const TYPED = {
  gcd: new RegExp(`(?<![a-z])(?:${NAMED.gcd})${PAIR}`, "i"),
  lcm: new RegExp(`(?<![a-z])(?:${NAMED.lcm})${PAIR}`, "i"),
} as const;
let read: Matcher<Asked> | undefined;

function wordMatcher(): Matcher<Asked> {
  const entries = [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
    [...heldOut, ...trained].flatMap((wording) => ASKED.map((asks) => [template(wording[asks]), asks] as const)),
  );
  const [gcd, lcm] = [`(?:${NAMED.gcd})`, `(?:${NAMED.lcm})`];
  return matcher(entries, {
    a: "\\d+",
    b: "\\d+",
    gcd,
    Gcd: gcd,
    GCD: gcd,
    lcm,
    Lcm: lcm,
    LCM: lcm,
  });
}

/** Reads a question about one or two numbers of at least 2 in any of the wordings. */
export function readDivisors(text: string): DivisorProblem | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const numbers = question.replace(/until 1 is left/i, "").match(/\d+/g) ?? [];
  if (numbers.length === 0 || numbers.length > 2 || /\d\s*[+*^×÷-]\s*\d|\d\.\d/.test(question)) return undefined;
  for (const asks of ["gcd", "lcm"] as const) {
    const [, p, q] = TYPED[asks].exec(question) ?? [];
    if (p !== undefined && numbers.length === 2 && isInRange(Number(p)) && isInRange(Number(q)))
      return { asks, a: Number(p), b: Number(q) };
  }
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const [a, b] = [Number(found.slots.a), Number(found.slots.b)];
  if (!isInRange(a)) return undefined;
  if (found.tag === "factors") return numbers.length === 1 ? { asks: "factors", a } : undefined;
  return numbers.length === 2 && isInRange(b) ? { asks: found.tag, a, b } : undefined;
}

/** Larger numbers are left to others: their reasoning would be long. */
const isInRange = (value: number): boolean => value >= 2 && value <= 1_000_000;
