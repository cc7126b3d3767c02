// Units and dates: conversions in chains, speeds, days between dates, weekdays, times of day. Owns levels, drawing and the entry;
// units.ts and calendar.ts hold the tables, trace.ts reasons, wordings.ts asks.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, type TaskChecker, unknown, withoutUnit } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { type Day, daysBetween, daysIn, MONTHS, WEEKDAYS, weekdayNamed } from "./calendar.ts";
import { answerOf, type Conversion, isProblem, KINDS, type Kind, type UnitsDates } from "./problem.ts";
import { trace, unitsDatesStep } from "./trace.ts";
import { allNames, LADDERS } from "./units.ts";
import { readUnitsDates, unitsDatesPhrasings } from "./wordings.ts";

/** By level: kinds, steps on a ladder, whether amounts have two parts, most days, years, hours added. */
const LEVELS = [
  { kinds: ["convert", "weekday", "clock"], steps: 1, parts: 1, days: 30, years: [2020, 2029], hours: 3, turn: false },
  { kinds: KINDS, steps: 2, parts: 2, days: 300, years: [2001, 2099], hours: 11, turn: false },
  { kinds: KINDS, steps: 3, parts: 2, days: 999, years: [1800, 2199], hours: 23, turn: true },
] as const satisfies readonly { kinds: readonly Kind[]; [name: string]: unknown }[];
type Limit = (typeof LEVELS)[number];

function draw(random: Random, level: number): UnitsDates {
  const limit = LEVELS[level - 1]!;
  const kind = random.weighted<Kind>(
    limit.kinds.map((one) => [one, one === "convert" ? 3 : one === "speed" ? 1 : 2] as const),
  );
  for (;;) {
    const problem = attempt(random, kind, limit);
    if (isProblem(problem)) return problem;
  }
}

function attempt(random: Random, kind: Kind, limit: Limit): UnitsDates {
  switch (kind) {
    case "convert":
      return conversion(random, limit);
    case "speed": {
      const to = random.pick(["m/s", "km/h"] as const);
      return { kind, amount: to === "m/s" ? 18 * random.int(1, 20) : 5 * random.int(1, 20), to };
    }
    case "days": {
      const year = random.int(limit.years[0], limit.years[1]);
      const day = (y: number): Day => {
        const month = random.int(1, 12);
        return { year: y, month, day: random.int(1, daysIn(y, month)) };
      };
      const [one, other] = [day(year), day(limit.turn && random.chance(0.4) ? year + 1 : year)];
      return daysBetween(one, other) > 0 ? { kind, from: one, to: other } : { kind, from: other, to: one };
    }
    case "weekday":
      return {
        kind,
        start: random.below(7),
        days: (random.chance(0.3) ? -1 : 1) * random.int(2, random.pick([30, limit.days])),
      };
    case "clock":
      return { kind, start: random.below(1440), hours: random.int(0, limit.hours), minutes: random.int(1, 59) };
    case "duration":
      return { kind, start: random.below(1440), end: random.below(1440) };
  }
}

function conversion(random: Random, limit: Limit): Conversion {
  const kind = "convert";
  for (;;) {
    const { units, factors } = random.pick(LADDERS);
    const steps = random.int(1, Math.min(limit.steps, factors.length));
    const high = random.below(units.length - steps);
    const low = high + steps;
    const between = factors.slice(high, low).reduce((product, factor) => product * factor, 1);
    const isTime = units[0] === "week";
    if (random.chance(0.3)) {
      const amount = random.int(2, isTime ? 9 : 99) * between;
      if (amount <= (isTime ? 9999 : 9_999_999)) return { kind, parts: [[amount, units[low]!]], to: units[high]! };
      continue;
    }
    const amount = random.int(2, isTime ? 15 : 99);
    if (limit.parts === 1 || random.chance(0.4)) {
      if (!isTime || amount * between <= 9999) return { kind, parts: [[amount, units[high]!]], to: units[low]! };
      continue;
    }
    const next = high + 1;
    const rest = random.int(1, factors[high]! - 1);
    const most = amount * factors[high]! + rest;
    if (!isTime || steps === 1 || most < 100)
      return {
        kind,
        parts: [
          [amount, units[high]!],
          [rest, units[next]!],
        ],
        to: units[low]!,
      };
  }
}

/** A time of day, `17:05`, `17h05` or 17点05分, as minutes from midnight. */
function minutesOf(answer: string): number | undefined {
  const [, hour, minute = "0"] =
    /^\s*(\d{1,2})\s*(?:[:：.h]|点|时)\s*(\d{1,2})?\s*分?\s*$/.exec(answer.replace(/\\text\{([^{}]*)\}/g, "$1")) ?? [];
  return hour === undefined || Number(hour) > 24 || Number(minute) > 59
    ? undefined
    : (Number(hour) % 24) * 60 + Number(minute);
}

/** Units that may stand behind an answer. */
function unitsOf(problem: UnitsDates): readonly string[] {
  switch (problem.kind) {
    case "convert":
    case "speed":
      return allNames(problem.to);
    case "days":
      return allNames("day");
    case "duration":
      return allNames("min");
    default:
      return [];
  }
}

function checkAnswer(problem: UnitsDates, answer: string): Verdict {
  const expected = answerOf(problem, "en");
  if (problem.kind === "weekday") {
    const named = weekdayNamed(answer.replace(/\\text\{([^{}]*)\}/g, "$1").replace(/[.。]$/, ""));
    if (named === undefined) return unknown("unparsed");
    return WEEKDAYS.en[named] === expected ? proved() : refuted({ answer, expected });
  }
  if (problem.kind === "clock") {
    const minutes = minutesOf(answer);
    if (minutes === undefined) return unknown("unparsed");
    return minutes === minutesOf(expected) ? proved() : refuted({ answer, expected });
  }
  return wholeAnswer(withoutUnit(answer, unitsOf(problem)), expected);
}

/** What a kind brings in: lengths of months, minutes and hours, the days of a week. */
const CONSTANTS: Readonly<Partial<Record<Kind, string>>> = {
  days: "31+30+29+28=118",
  weekday: "7+7=14",
  clock: "60+24=84",
  duration: "60+24=84",
  speed: "36*100=3600",
  convert: "60+24+7=91",
};

const checker: TaskChecker<UnitsDates> = {
  id: "units-dates",
  recognise: readUnitsDates,
  premises: ({ kind }) => [CONSTANTS[kind]!],
  checkStep: unitsDatesStep,
  checkAnswer,
  answerBy: "recomputing",
};

const dayKey = ({ year, month, day }: Day): string => `${year}-${month}-${day}`;

/** Units and dates; the default level converts over two units and stays within a year. */
export const unitsDates: Family<UnitsDates> = {
  id: "units-dates",
  area: "arithmetic",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.kinds,
  draw,
  key(problem) {
    switch (problem.kind) {
      case "convert":
        return `convert ${problem.parts.map((part) => part.join(" ")).join(" ")} to ${problem.to}`;
      case "speed":
        return `speed ${problem.amount} to ${problem.to}`;
      case "days":
        return `days ${dayKey(problem.from)} ${dayKey(problem.to)}`;
      case "weekday":
        return `weekday ${problem.start} ${problem.days}`;
      case "clock":
        return `clock ${problem.start} ${problem.hours * 60 + problem.minutes}`;
      case "duration":
        return `duration ${problem.start} ${problem.end}`;
    }
  },
  cell: ({ kind }) => kind,
  trace,
  answer: answerOf,
  verifier: (problem) =>
    problem.kind === "weekday" || problem.kind === "clock"
      ? { kind: "choice" }
      : { kind: "number", units: unitsOf(problem) },
  vocabulary: [
    ...LADDERS.flatMap(({ units }) => units),
    "leap",
    ...MONTHS,
    ...WEEKDAYS.en,
    ...WEEKDAYS.zh,
    ..."4 7 24 28 29 30 31 36 60".split(" "),
  ],
  phrasings: unitsDatesPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};
