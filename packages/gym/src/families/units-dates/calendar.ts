// The Gregorian calendar: lengths of months, leap years, days between dates, names of months and weekdays.

import type { Language } from "@lemma/protocol";

/** A day; months count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Weekdays from Monday on. */
export const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  zh: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
};

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month; 0 for a month that there isn't. */
export const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : ([31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);

export const isDay = ({ year, month, day }: Day): boolean => year > 0 && day >= 1 && day <= daysIn(year, month);

/** Days from the beginning of year 1 to a day. */
function dayNumber({ year, month, day }: Day): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  return days;
}

/** Days from one date to another. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

/** The day a number of days (0 or more) after another. */
export function later({ year, month, day }: Day, days: number): Day {
  let [y, m, d] = [year, month, day + days];
  for (; d > daysIn(y, m); m = (m % 12) + 1) {
    d -= daysIn(y, m);
    if (m === 12) y++;
  }
  return { year: y, month: m, day: d };
}

/** The weekday with this name in either language (周三, 礼拜三 too), 0 for Monday; undefined where there is none. */
export function weekdayNamed(name: string): number | undefined {
  const plain = name.trim().toLowerCase();
  const english = WEEKDAYS.en.findIndex((weekday) => weekday.toLowerCase() === plain);
  const chinese = "一二三四五六日".indexOf(
    /^(?:星期|周|礼拜)([一二三四五六日天])$/.exec(plain)?.[1]?.replace("天", "日") ?? "?",
  );
  const found = Math.max(english, chinese);
  return found < 0 ? undefined : found;
}
