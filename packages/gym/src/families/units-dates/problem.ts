// What a problem of units and dates is, and its answer. Knows no wordings and no trace.

import type { Language } from "@lemma/protocol";
import { type Day, daysBetween, isDay, WEEKDAYS } from "./calendar.ts";
import { LADDERS } from "./units.ts";

/** An amount with one or two parts (`3 km 250 m`) in another unit. */
export interface Conversion {
  readonly kind: "convert";
  readonly parts: readonly (readonly [amount: number, unit: string])[];
  readonly to: string;
}

/** A speed in the other unit. */
export interface Speed {
  readonly kind: "speed";
  readonly amount: number;
  readonly to: "m/s" | "km/h";
}

/** Days from one date to a later one of the same year or the next. */
export interface Days {
  readonly kind: "days";
  readonly from: Day;
  readonly to: Day;
}

/** The weekday a number of days after another (0 is Monday), or before it where the number is negative. */
export interface Weekday {
  readonly kind: "weekday";
  readonly start: number;
  readonly days: number;
}

/** The time of day after hours and minutes; `start` in minutes from midnight. */
export interface Clock {
  readonly kind: "clock";
  readonly start: number;
  readonly hours: number;
  readonly minutes: number;
}

/** Minutes from one time of a day to a later one, both in minutes from midnight. */
export interface Duration {
  readonly kind: "duration";
  readonly start: number;
  readonly end: number;
}

export type UnitsDates = Conversion | Speed | Days | Weekday | Clock | Duration;
export type Kind = UnitsDates["kind"];
export const KINDS: readonly Kind[] = ["convert", "speed", "days", "weekday", "clock", "duration"];

/** The ladder with all these units, and their places on it; undefined where there is none. */
export function ladderOf(units: readonly string[]) {
  const ladder = LADDERS.find((candidate) => units.every((unit) => candidate.units.includes(unit)));
  return ladder === undefined ? undefined : { ...ladder, places: units.map((unit) => ladder.units.indexOf(unit)) };
}

/** How many of the unit at the later place make one of the earlier. */
export const factorBetween = (factors: readonly number[], from: number, to: number): number =>
  factors.slice(from, to).reduce((product, factor) => product * factor, 1);

function converted({ parts, to }: Conversion): number {
  const { factors, places } = ladderOf([...parts.map(([, unit]) => unit), to])!;
  const target = places.at(-1)!;
  return parts.reduce((sum, [amount], i) => {
    const place = places[i]!;
    return (
      sum +
      (place <= target
        ? amount * factorBetween(factors, place, target)
        : amount / factorBetween(factors, target, place))
    );
  }, 0);
}

const timeText = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

/** The answer as text. */
export function answerOf(problem: UnitsDates, language: Language): string {
  switch (problem.kind) {
    case "convert":
      return String(converted(problem));
    case "speed":
      return String(problem.to === "m/s" ? (problem.amount * 10) / 36 : (problem.amount * 36) / 10);
    case "days":
      return String(daysBetween(problem.from, problem.to));
    case "weekday":
      return WEEKDAYS[language][(((problem.start + problem.days) % 7) + 7) % 7]!;
    case "clock":
      return timeText((problem.start + problem.hours * 60 + problem.minutes) % 1440);
    case "duration":
      return String(problem.end - problem.start);
  }
}

/** Whether it has a whole answer that the reasoning reaches. */
export function isProblem(problem: UnitsDates): boolean {
  switch (problem.kind) {
    case "convert": {
      const ladder = ladderOf([...problem.parts.map(([, unit]) => unit), problem.to]);
      if (ladder === undefined) return false;
      const [first, ...others] = ladder.places;
      const target = others.at(-1)!;
      // A second part is smaller than the first, and no smaller than the target.
      if (problem.parts.length > 1 && !(first! < others[0]! && others[0]! <= target)) return false;
      return first !== target && Number.isSafeInteger(converted(problem));
    }
    case "speed":
      return Number.isInteger(Number(answerOf(problem, "en")));
    case "days": {
      const { from, to } = problem;
      return isDay(from) && isDay(to) && to.year - from.year <= 1 && daysBetween(from, to) > 0;
    }
    case "weekday":
      return problem.days !== 0;
    case "clock":
      return problem.start < 1440 && problem.minutes < 60 && problem.hours < 24 && problem.hours + problem.minutes > 0;
    case "duration":
      return problem.start < problem.end && problem.end < 1440;
  }
}
