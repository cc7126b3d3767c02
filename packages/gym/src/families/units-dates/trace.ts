// The reasoning about units and dates. Owns its lines and the judgement of those that general mathematics does not know; must not know
// wordings. An amount goes down or up its ladder one unit a line; days are added month by month, each line labelled with its month;
// weekdays are counted from the rest of a division by 7; minutes and hours are added apart.

import type { Language } from "@lemma/protocol";
import { proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { division, writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { daysIn, MONTHS, WEEKDAYS, weekdayNamed } from "./calendar.ts";
import { type Conversion, type Days, ladderOf, type Speed, type UnitsDates, type Weekday } from "./problem.ts";
import { unitStep } from "./units.ts";

const isTen = (factor: number): boolean => /^10+$/.test(String(factor));

function conversion({ parts, to }: Conversion): string[] {
  const { units, factors, places } = ladderOf([...parts.map(([, unit]) => unit), to])!;
  const [[first], second] = parts as [readonly [number, string], (readonly [number, string])?];
  const target = places.at(-1)!;
  const lines: string[] = [];
  let amount = first;
  for (let at = places[0]!; at < target; at++) {
    const [factor, unit, next] = [factors[at]!, units[at]!, units[at + 1]!];
    if (!isTen(factor)) lines.push(...writtenProduct(amount, factor));
    lines.push(`${amount} ${unit}=${amount}*${factor} ${next}=${amount * factor} ${next}`);
    amount *= factor;
    if (second?.[1] !== next) continue;
    // Into the zeros of the first part a shorter second one simply fits.
    const fits = new RegExp(`0{${String(second[0]).length}}$`).test(String(amount));
    lines.push(...(fits ? [`${amount}+${second[0]}=${amount + second[0]}`] : writtenSum(amount, "+", second[0])));
    amount += second[0];
  }
  for (let at = places[0]!; at > target; at--) {
    const [factor, unit, next] = [factors[at - 1]!, units[at]!, units[at - 1]!];
    if (!isTen(factor)) lines.push(...writtenQuotient(amount, factor));
    lines.push(`${amount} ${unit}=${amount}/${factor} ${next}=${amount / factor} ${next}`);
    amount /= factor;
  }
  return lines;
}

function speed({ amount, to }: Speed): string[] {
  const [from, over, under] = to === "m/s" ? ["km/h", 10, 36] : ["m/s", 36, 10];
  const product = amount * over;
  return [
    `${amount} ${from}=${amount}*${over}/${under} ${to}`,
    ...writtenProduct(amount, over),
    ...writtenQuotient(product, under),
  ];
}

/** What a month is called in front of a line. */
export const monthLabel = (month: number, language: Language): string =>
  language === "en" ? MONTHS[month - 1]! : String(month);

/** The months from one date to the other, the first with the days left in it, the last with its days up to the date. */
function monthsOf({ from, to }: Pick<Days, "from" | "to">): { year: number; month: number; days: number }[] {
  if (from.year === to.year && from.month === to.month) return [];
  let { year, month } = from;
  const months = [{ year, month, days: daysIn(year, month) - from.day }];
  for (;;) {
    month = (month % 12) + 1;
    if (month === 1) year++;
    if (year === to.year && month === to.month) return [...months, { year, month, days: to.day }];
    months.push({ year, month, days: daysIn(year, month) });
  }
}

/** `leap: 24/4=6`: whether a year is a leap year, told by its last two digits (of 1900 by the first two). */
export function leapLine(year: number): string {
  const n = year % 100 === 0 ? year / 100 : year % 100;
  return `leap: ${n}/4${n % 4 === 0 ? "=" : ">"}${Math.floor(n / 4)}`;
}

/** Whether February's length counts, and the line that tells whether its year is a leap year. */
function leapLines(months: readonly { year: number; month: number; days: number }[]): string[] {
  const year = months.slice(0, -1).find(({ month }) => month === 2)?.year;
  return year === undefined ? [] : [leapLine(year)];
}

/** The days between two dates, month by month. */
export function daysLines(problem: Pick<Days, "from" | "to">, language: Language): string[] {
  const months = monthsOf(problem);
  const [first, ...others] = months;
  if (first === undefined) return writtenSum(problem.to.day, "-", problem.from.day);
  const lines = [
    ...leapLines(months),
    ...writtenSum(daysIn(first.year, first.month), "-", problem.from.day, monthLabel(first.month, language)),
  ];
  let sum = first.days;
  for (const { month, days: more } of others) {
    lines.push(...writtenSum(sum, "+", more, monthLabel(month, language)));
    sum += more;
  }
  return lines;
}

function weekday({ start, days: count }: Weekday, language: Language): string[] {
  const { lines, rest } = division(Math.abs(count), 7);
  const name = (k: number) => WEEKDAYS[language][(((start + Math.sign(count) * k) % 7) + 7) % 7]!;
  if (rest === 0) return [...lines, `0: ${name(0)}`];
  return [...lines, ...Array.from({ length: rest }, (_, i) => `${i + 1}: ${name(i + 1)}`)];
}

/** The steps of a problem, a line each. */
export function trace(problem: UnitsDates, language: Language): string[] {
  switch (problem.kind) {
    case "convert":
      return conversion(problem);
    case "speed":
      return speed(problem);
    case "days":
      return daysLines(problem, language);
    case "weekday":
      return weekday(problem, language);
    case "clock": {
      const { start, hours, minutes } = problem;
      const minute = (start % 60) + minutes;
      const carry = minute >= 60 ? 1 : 0;
      const hour = Math.floor(start / 60) + hours;
      return [
        `${start % 60}+${minutes}=${minute}`,
        ...(carry === 0 ? [] : [`${minute}-60=${minute - 60}`]),
        `${Math.floor(start / 60)}+${hours}=${hour}`,
        ...(carry === 0 ? [] : [`${hour}+1=${hour + 1}`]),
        ...(hour + carry < 24 ? [] : [`${hour + carry}-24=${hour + carry - 24}`]),
      ];
    }
    case "duration": {
      const { start, end } = problem;
      const [from, to] = [start % 60, end % 60];
      const borrow = to < from;
      const hour = Math.floor(end / 60) - Math.floor(start / 60);
      const left = borrow ? hour - 1 : hour;
      const minutes = borrow ? to + 60 - from : to - from;
      return [
        ...(borrow
          ? [`${to}<${from}`, `${to}+60=${to + 60}`, `${to + 60}-${from}=${minutes}`]
          : [`${to}-${from}=${minutes}`]),
        `${Math.floor(end / 60)}-${Math.floor(start / 60)}=${hour}`,
        ...(borrow ? [`${hour}-1=${left}`] : []),
        ...writtenProduct(left, 60),
        ...writtenSum(left * 60, "+", minutes),
      ];
    }
  }
}

/** The verdict on a line in the family's vocabulary; undefined for any other. */
export function unitsDatesStep(problem: UnitsDates, line: StepLine, context: StepContext): TaskVerdict | undefined {
  if (problem.kind === "weekday" && /^\d{1,2}$/.test(line.label ?? "")) {
    const named = weekdayNamed(line.body);
    if (named === undefined) return undefined;
    const expected = (((problem.start + Math.sign(problem.days) * Number(line.label)) % 7) + 7) % 7;
    if (named !== expected) return refuted({ [line.label!]: WEEKDAYS.en[expected]!, claimed: WEEKDAYS.en[named]! });
    return { ...proved(), from: [line.index > 0 && context.steps.length > 0 ? context.steps.at(-1)!.index : -1] };
  }
  if (problem.kind === "days") {
    const judged = monthStep(problem, line);
    if (judged !== undefined) return judged;
  }
  return unitStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}

/** Refutes a month's line with a wrong value, and judges the line that tells a leap year. */
function monthStep(problem: Days, line: StepLine): TaskVerdict | undefined {
  const months = monthsOf(problem);
  if (line.label === "leap") {
    const expected = leapLines(months)[0]?.slice("leap: ".length);
    if (expected === undefined) return undefined;
    return line.body.replaceAll(" ", "") === expected ? { ...proved(), from: [-1] } : refuted({ leap: expected });
  }
  const value = /=(\d{1,9})$/.exec(line.body.replaceAll(" ", ""))?.[1];
  // Of a month that comes twice, in two years, either sum may be meant; the sum on the line is judged as arithmetic anyway.
  const expected = months.flatMap(({ month }, place) =>
    line.label === MONTHS[month - 1] || line.label === String(month)
      ? [String(months.slice(0, place + 1).reduce((sum, { days }) => sum + days, 0))]
      : [],
  );
  if (expected.length === 0 || value === undefined) return undefined;
  return expected.includes(value) ? undefined : refuted({ [line.label!]: expected.join(" or "), claimed: value });
}
