// Percent, rates, prices and mixtures in one or two sentences. Owns levels, drawing and the entry; problem.ts says what a problem
// is, trace.ts reasons, wordings.ts asks. All answers are whole.

import { type TaskChecker, withoutUnit } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { quotientStep } from "../../quotient-step.ts";
import type { Random } from "../../random.ts";
import { withoutCommonZeros } from "../../written.ts";
import { answerOf, isProblem, KINDS, type Kind, percentFactors, type Rates } from "./problem.ts";
import { trace } from "./trace.ts";
import { ratesPhrasings, readRates } from "./wordings.ts";

/** By level: kinds, the percentages' step, the largest whole, rate, time, number of things, price of one. */
const LEVELS = [
  { kinds: ["percent", "rate", "time", "price"], step: 10, whole: 200, rate: 20, time: 9, things: 9, price: 9 },
  { kinds: KINDS.slice(0, 6), step: 5, whole: 400, rate: 90, time: 12, things: 15, price: 25 },
  { kinds: KINDS, step: 1, whole: 800, rate: 120, time: 24, things: 24, price: 60 },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];

/** Most that such a number may be. */
const LARGEST = 999;

function draw(random: Random, level: number): Rates {
  const limit = LEVELS[level - 1]!;
  const kind = random.pick<Kind>(limit.kinds);
  for (;;) {
    const problem = attempt(random, kind, limit);
    if (isProblem(problem) && numbersOf(problem).every((number) => number <= LARGEST)) return problem;
  }
}

function attempt(random: Random, kind: Kind, limit: (typeof LEVELS)[number]): Rates {
  const isDown = random.chance(0.5);
  const percent = (most: number) => limit.step * random.int(1, Math.floor(most / limit.step));
  // Round numbers are as frequent as in life, and give whole answers.
  const whole = () => {
    const unit = random.pick([4, 5, 10, 20, 25, 50, 100]);
    return unit * random.int(2, Math.floor(limit.whole / unit));
  };
  switch (kind) {
    case "percent":
      return { kind, values: [percent(99), whole()], isDown: false };
    case "change": {
      const [from, by] = [whole(), percent(95)];
      return { kind, values: [from, from + ((isDown ? -1 : 1) * from * by) / 100], isDown };
    }
    case "applied":
      return { kind, values: [whole(), percent(95)], isDown };
    case "rate":
      return { kind, values: [random.int(2, limit.rate), random.int(2, limit.time)], isDown: false };
    case "time": {
      const rate = random.int(2, limit.rate);
      return { kind, values: [rate, rate * random.int(2, limit.time)], isDown: false };
    }
    case "price": {
      const [count, other] = [random.int(2, limit.things), random.int(2, limit.things)];
      return {
        kind,
        values: [count, count * random.int(2, limit.price), other === count ? other + 1 : other],
        isDown: false,
      };
    }
    case "mixture": {
      const [p, q] = [5 * random.int(1, 18), 5 * random.int(1, 18)];
      return { kind, values: [random.int(2, 30), p, random.int(2, 30), p === q ? q + 5 : q], isDown: false };
    }
    case "original": {
      const [before, by] = [whole(), 5 * random.int(1, 18)];
      return { kind, values: [(before * (isDown ? 100 - by : 100 + by)) / 100, by], isDown };
    }
  }
}

/** The larger numbers of the reasoning, once zeros have fallen away. */
function numbersOf({ kind, values, isDown }: Rates): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = values;
  switch (kind) {
    case "change":
      return withoutCommonZeros(Math.abs(b - a) * 100, a);
    case "rate":
      return [a * b];
    case "time":
      return [b];
    case "price":
      return [b, (b / a) * c];
    case "mixture":
      return [a * b + c * d];
    case "original":
      return withoutCommonZeros(a * 100, 100 + (isDown ? -b : b));
    default: {
      const [p, q] = kind === "percent" ? percentFactors(b, a) : percentFactors(a, b);
      return [p * q];
    }
  }
}

const PERCENT: readonly Kind[] = ["change", "mixture"];
/** Units that may stand behind an answer. */
const UNITS = {
  percent: ["%", "percent", "per cent"],
  other: [
    "euros",
    "euro",
    "cents",
    "km",
    "kg",
    "g",
    "litres",
    "l",
    "hours",
    "h",
    "minutes",
    "days",
    "元",
    "千米",
    "千克",
    "克",
    "升",
    "小时",
    "分钟",
    "天",
    "人",
    "个",
  ],
} as const;
const unitsOf = ({ kind }: Rates): readonly string[] => UNITS[PERCENT.includes(kind) ? "percent" : "other"];

const checker: TaskChecker<Rates> = {
  id: "rates-percent",
  recognise: readRates,
  premises: () => [],
  checkStep: (_, line, context) => quotientStep(line, context) ?? columnStep(line, context),
  checkAnswer: (problem, answer) => wholeAnswer(withoutUnit(answer, unitsOf(problem)), String(answerOf(problem))),
  answerBy: "recomputing",
};

/** Rates and percent; the default level has six kinds of questions. */
export const ratesPercent: Family<Rates> = {
  id: "rates-percent",
  area: "arithmetic",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key({ kind, values, isDown }) {
    const [a = 0, b = 0, c = 0, d = 0] = values;
    const sorted = [...values].sort((x, y) => x - y).join(" ");
    if (kind === "percent" || kind === "rate") return `${kind} ${sorted}`;
    if (kind === "mixture") return `${kind} ${[`${a} ${b}`, `${c} ${d}`].sort().join(" ")}`;
    return `${kind}${kind === "applied" || kind === "original" ? (isDown ? " down" : " up") : ""} ${values.join(" ")}`;
  },
  cell: ({ kind }) => kind,
  trace,
  answer: (problem) => String(answerOf(problem)),
  verifier: (problem) => ({ kind: "number", units: unitsOf(problem) }),
  vocabulary: ["100"],
  phrasings: ratesPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
