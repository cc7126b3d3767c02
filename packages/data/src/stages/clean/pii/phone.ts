// Telephone numbers. Owns the forms that are taken without being called a number: +CC …, 00CC …, (ddd) ddd-dddd and its kin, mobile
// and land lines of mainland China, national numbers with a trunk zero in two or more groups. Bare digits and local numbers count only
// where the text calls them a number; where it calls them an order, a version or the like, nothing but +CC counts.

import { isChineseMobile, isInternational, isNorthAmerican } from "./calling-codes.ts";
import { isCalledOther, isCalledPhone } from "./context.ts";
import type { DigitGroups } from "./digit-groups.ts";
import { isWordUnit } from "./kinds.ts";

/** What may stand between the groups of one number. */
const GAP = /^(?: |-|\.|\/|\) ?|\)-| \(|\(|[\u2010-\u2013]| [-\u2013] )$/;
const DASH = /^[-\u2010-\u2013]$/;

/** A number that begins at the first group: how many groups, and where it begins with its "+" or "(". */
export interface PhoneMatch {
  groups: number;
  start: number;
  end: number;
}

/** The telephone number at the first of the groups; undefined for none. Looks at no more than the groups ahead. */
export function phoneAt(source: DigitGroups): PhoneMatch | undefined {
  const { text, ahead } = source;
  const first = ahead[0]!;
  if (first.digits === "") return undefined;
  const before = text[first.start - 1] ?? "";
  const isOpen = before === "(" || before === "（";
  const plus = before === "+" || before === "＋" ? 1 : isOpen && text[first.start - 2] === "+" ? 2 : 0;
  if (plus > 0)
    return isWordUnit(text.charCodeAt(first.start - plus - 1))
      ? undefined
      : international(source, first.start - plus, 0);
  const code = text.charCodeAt(first.start - 1);
  if (isWordUnit(code) || isPartOfNumber(text, first.start)) return undefined;
  const start = first.start - (isOpen ? 1 : 0);
  const isCalled = isCalledPhone(text, start);
  if (!isCalled && (/[/#=&$€£¥\\@]/.test(before) || isCalledOther(text, start))) return undefined;
  if (!isCalled && !isOpen && isInRow(source)) return undefined;
  const found =
    (/^00(?:[17]$|[1-9]\d)/.test(first.digits) ? international(source, start, 2) : undefined) ??
    chinese(source, start) ??
    northAmerican(source, start, isCalled) ??
    trunk(source, start, isOpen, isCalled) ??
    local(source, start, isCalled);
  // "(0171 2345678)": the brackets are around the number, not of it.
  return found === undefined || !isOpen || /[)）]/.test(text.slice(start, found.end))
    ? found
    : { ...found, start: start + 1 };
}

/** Whether a number stands before the first group as the next one stands behind it: a row of numbers. */
function isInRow({ text, ahead }: DigitGroups): boolean {
  const { start, end } = ahead[0]!;
  return /[ -]/.test(text[start - 1] ?? "") && /\d/.test(text[start - 2] ?? "") && text[end] === text[start - 1];
}

/** "1.5", "1,000" and the like: the digits before or after a decimal mark are no group of a telephone number. */
function isPartOfNumber(text: string, start: number): boolean {
  return /[.,]/.test(text[start - 1] ?? "") && /\d/.test(text[start - 2] ?? "");
}

function endsWell({ text, ahead }: DigitGroups, last: number): boolean {
  const { end } = ahead[last]!;
  const next = text[end] ?? "";
  return !isWordUnit(text.charCodeAt(end)) && !(/[.,:]/.test(next) && /\d/.test(text[end + 1] ?? "")) && next !== "%";
}

function match({ ahead }: DigitGroups, start: number, groups: number): PhoneMatch {
  return { groups, start, end: ahead[groups - 1]!.end };
}

/** The longest row of groups that is a whole number by its calling code; `skip` digits are the prefix 00. */
function international(source: DigitGroups, start: number, skip: number): PhoneMatch | undefined {
  let digits = "";
  let best: PhoneMatch | undefined;
  for (const [i, group] of source.ahead.entries()) {
    if (i > 0) {
      const gap = source.gap(i - 1);
      if (gap === undefined || !GAP.test(gap)) break;
    }
    const isTrunkZero = group.digits === "0" && i > 0;
    if (!isTrunkZero) digits += i === 0 ? group.digits.slice(skip) : group.digits;
    if (digits.length > 15 || group.digits === "") break;
    if (isInternational(digits) && endsWell(source, i)) best = match(source, start, i + 1);
  }
  return best;
}

/** 138 0013 8000, 138-0013-8000, 86 138…, 010-62345678, (021) 6234 5678. */
function chinese(source: DigitGroups, start: number): PhoneMatch | undefined {
  const { ahead } = source;
  const offset = ahead[0]!.digits === "86" && /^[- ]$/.test(source.gap(0) ?? "") ? 1 : 0;
  let digits = "";
  for (let i = offset; i < Math.min(ahead.length, offset + 3); i++) {
    if (i > offset && !/^[ -]$/.test(source.gap(i - 1) ?? "")) break;
    digits += ahead[i]!.digits;
    if (digits.length >= 11) {
      const sizes = ahead
        .slice(offset, i + 1)
        .map((group) => group.digits.length)
        .join();
      const isGrouped = sizes === "11" || sizes === "3,4,4" || sizes === "3,8";
      return isGrouped && isChineseMobile(digits) && endsWell(source, i) ? match(source, start, i + 1) : undefined;
    }
  }
  return undefined;
}

/** 212-555-0187, (212) 555-0187, 212.555.0187, 1-800-555-0199. */
function northAmerican(source: DigitGroups, start: number, isCalled: boolean): PhoneMatch | undefined {
  const { ahead } = source;
  const offset = ahead[0]!.digits === "1" && GAP.test(source.gap(0) ?? "") ? 1 : 0;
  const parts = ahead.slice(offset, offset + 3);
  if (isCalled && ahead[0]!.digits.length === 10 && isNorthAmerican(ahead[0]!.digits) && endsWell(source, 0))
    return match(source, start, 1);
  if (parts.map((group) => group.digits.length).join() !== "3,3,4") return undefined;
  if (!isNorthAmerican(parts.map((group) => group.digits).join(""))) return undefined;
  const [one, two] = [source.gap(offset) ?? "", source.gap(offset + 1) ?? ""];
  const isForm =
    (/^\) ?$|^\)-$/.test(one) && /^[-. ]$/.test(two)) ||
    (one === two && /^[-. \u2010-\u2013]$/.test(one)) ||
    (one === "/" && two === "-");
  if (!isForm || !endsWell(source, offset + 2)) return undefined;
  const next = source.gap(offset + 2);
  if (next !== undefined && next === two && !isCalled) return undefined; // a row of a table, or a longer number
  return match(source, start, offset + 3);
}

/** National numbers with a trunk zero: 030 1234567, 0171/2345678, 020 7946 0958, 01 23 45 67 89, 010-62345678. */
function trunk(source: DigitGroups, start: number, isOpen: boolean, isCalled: boolean): PhoneMatch | undefined {
  const { ahead } = source;
  const [first, second, third] = ahead;
  if (!/^0[1-9]/.test(first!.digits)) return undefined;
  if (first!.digits.length > 6)
    return isCalled && first!.digits.length >= 9 && first!.digits.length <= 12 && endsWell(source, 0)
      ? match(source, start, 1)
      : undefined;
  const isDate = second?.digits.length === 2 && third?.digits.length === 4 && first!.digits.length === 2;
  if (isDate || second === undefined) return undefined;
  let digits = first!.digits;
  let pairs = first!.digits.length === 2;
  let best: PhoneMatch | undefined;
  for (let i = 1; i < Math.min(ahead.length, 6); i++) {
    const gap = source.gap(i - 1) ?? "";
    const group = ahead[i]!.digits;
    if (!GAP.test(gap) || group.length < 2) break;
    pairs &&= group.length === 2;
    digits += group;
    if (digits.length > 12) break;
    const isLong = digits.length >= 10 || (digits.length === 9 && (isOpen || isCalled));
    const isRow = i === 4 && pairs && source.gap(4) === gap && ahead[5]?.digits.length === 2;
    const isForm = pairs ? i === 4 && !isRow : first!.digits.length > 2 && gap !== ".";
    const goesOn = !isCalled && gap === " " && source.gap(i) === gap;
    if (isLong && isForm && !goesOn && endsWell(source, i)) best = match(source, start, i + 1);
  }
  return best;
}

/** 555-0187 where the text calls it a number. */
function local(source: DigitGroups, start: number, isCalled: boolean): PhoneMatch | undefined {
  const [one, two] = source.ahead;
  const isForm = isCalled && one!.digits.length === 3 && two?.digits.length === 4 && DASH.test(source.gap(0) ?? "");
  return isForm && endsWell(source, 1) ? match(source, start, 2) : undefined;
}
