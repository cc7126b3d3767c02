// Dates in texts of both languages, and the lines that add days to one. Owns their spelling; the calendar itself is that of units-dates.

import type { Language } from "@lemma/protocol";
import { writtenSum } from "../../written.ts";
import { type Day, daysIn, isDay, MONTHS } from "../units-dates/calendar.ts";
import { leapLine, monthLabel } from "../units-dates/trace.ts";

/** `14 March 2025`, 2025年3月14日. */
export const dateText = ({ year, month, day }: Day, language: Language): string =>
  language === "en" ? `${day} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${day}日`;

/** What a date looks like, without capture groups. */
export const DATE_PATTERN = `\\d{4} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日|\\d{1,2} (?:${MONTHS.join("|")}),? \\d{4}|(?:${MONTHS.join("|")}) \\d{1,2},? \\d{4}|\\d{4}-\\d{1,2}-\\d{1,2}`;
const DATE = new RegExp(`^(?:${DATE_PATTERN})$`, "i");

/** Whether a text has the form of a date, be it of a day that there isn't. */
export const isDateText = (text: string): boolean => DATE.test(text.trim());

/** Reads a date in any of the usual forms; undefined for a day that there isn't. */
export function readDate(text: string): Day | undefined {
  const plain = text.trim();
  if (!isDateText(plain)) return undefined;
  const numbers = plain.match(/\d+/g)!.map(Number) as [number, number, number];
  const named = MONTHS.findIndex((month) => plain.toLowerCase().includes(month.toLowerCase())) + 1;
  const day =
    named > 0
      ? { year: numbers[1], month: named, day: numbers[0] }
      : { year: numbers[0], month: numbers[1], day: numbers[2] };
  return isDay(day) ? day : undefined;
}

/** What the lines of dates are labelled with. */
export const DATE_WORDS: Readonly<Record<Language, Readonly<Record<"year" | "month" | "day", string>>>> = {
  en: { year: "year", month: "month", day: "day" },
  zh: { year: "年", month: "月", day: "日" },
};

/**
 * The lines that add days to a date: their sum, then each month taken off while more days are left than it has.
 * @example
 * laterLines({ year: 2025, month: 3, day: 20 }, 45, "en") // ["20+45=65", "March: 65-31=34", "April: 34-30=4", "May: 4<=31"]
 */
export function laterLines({ year, month, day }: Day, days: number, language: Language): string[] {
  const lines = writtenSum(day, "+", days);
  let [y, m, left] = [year, month, day + days];
  for (;;) {
    const length = daysIn(y, m);
    if (m === 2 && left > 28) lines.push(leapLine(y));
    const label = monthLabel(m, language);
    if (left <= length) return [...lines, `${label}: ${left}<=${length}`];
    lines.push(...writtenSum(left, "-", length, label));
    left -= length;
    m = (m % 12) + 1;
    if (m !== 1) continue;
    lines.push(`${DATE_WORDS[language].year}: ${y}, ${y + 1}`);
    y++;
  }
}

/** The lines that compare two dates, from the year down to where they differ: `year: 2025=2025`, `month: 6>5`. */
export function comparedLines(one: Day, other: Day, language: Language): string[] {
  const lines: string[] = [];
  for (const part of ["year", "month", "day"] as const) {
    const [a, b] = [one[part], other[part]];
    lines.push(`${DATE_WORDS[language][part]}: ${a}${a < b ? "<" : a > b ? ">" : "="}${b}`);
    if (a !== b) break;
  }
  return lines;
}
