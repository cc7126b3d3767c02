// Numbers of people: cards, Chinese resident's numbers, US social security numbers, IPv4 addresses, telephone numbers. One pass over the
// groups of digits; at each the rules are tried in the order of PII_KINDS, and what is found is passed over. Owns the forms of all but
// telephone numbers.

import { isCard, isChineseId, isPublicIpv4 } from "./checksums.ts";
import { isCalledOther, isCalledSsn } from "./context.ts";
import { DigitGroups } from "./digit-groups.ts";
import { type Found, isWordUnit, type PiiKind } from "./kinds.ts";
import { phoneAt } from "./phone.ts";

interface NumberMatch {
  kind: PiiKind;
  groups: number;
  start: number;
  end: number;
}

/** Finds numbers of all these kinds. */
export function findNumbers(text: string, found: Found): void {
  const groups = new DigitGroups(text);
  for (let first = groups.ahead[0]; first !== undefined; first = groups.ahead[0]) {
    const match = numberAt(groups);
    if (match !== undefined) found(match.kind, match.start, match.end);
    groups.skip(match?.groups ?? 1);
  }
}

function numberAt(source: DigitGroups): NumberMatch | undefined {
  const { text, ahead } = source;
  const first = ahead[0]!;
  const before = text.charCodeAt(first.start - 1);
  if (!isWordUnit(before)) {
    const isJoined = /[.,]/.test(text[first.start - 1] ?? "") && /\d/.test(text[first.start - 2] ?? "");
    const own = isJoined ? undefined : (chineseId(source) ?? card(source) ?? ipv4(source) ?? ssn(source));
    if (own !== undefined) return own;
  }
  const phone = phoneAt(source);
  return phone === undefined ? undefined : { kind: "phone", ...phone };
}

/** The sizes of the first groups that are joined by one and the same separator, and their digits. */
function joined(
  source: DigitGroups,
  separator: RegExp,
  most: number,
): { sizes: string; digits: string; end: number }[] {
  const rows: { sizes: string; digits: string; end: number }[] = [];
  let [sizes, digits] = ["", ""];
  const gap = source.gap(0);
  for (const [i, group] of source.ahead.slice(0, most).entries()) {
    if (i > 0 && (source.gap(i - 1) !== gap || gap === undefined || !separator.test(gap))) break;
    sizes += `${i === 0 ? "" : "-"}${group.digits.length}`;
    digits += group.digits;
    rows.push({ sizes, digits, end: group.end });
  }
  return rows;
}

const CARD_SIZES = /^(?:1[3-9]|4-4-4-4(?:-[1-3])?|4-6-5|4-6-4)$/;

function card(source: DigitGroups): NumberMatch | undefined {
  const start = source.ahead[0]!.start;
  for (const [i, { sizes, digits, end }] of joined(source, /^[ -]$/, 5)
    .toReversed()
    .entries()) {
    const groups = sizes.split("-").length;
    if (i > 4 || !CARD_SIZES.test(sizes) || !isCard(digits)) continue;
    if (isWordUnit(source.text.charCodeAt(end)) || (groups === 1 && isCalledOther(source.text, start))) continue;
    if (groups === 1 && /[/=#&]/.test(source.text[start - 1] ?? "")) continue;
    return { kind: "card", groups, start, end };
  }
  return undefined;
}

function chineseId(source: DigitGroups): NumberMatch | undefined {
  const { text } = source;
  const start = source.ahead[0]!.start;
  for (const { sizes, digits, end } of joined(source, /^[ -]$/, 3)) {
    const tail = /[Xx]/.test(text[end] ?? "") ? 1 : 0;
    const isForm = tail === 1 ? sizes === "17" || sizes === "6-8-3" : sizes === "18" || sizes === "6-8-4";
    if (!isForm || isWordUnit(text.charCodeAt(end + tail)) || !isChineseId(digits + text.slice(end, end + tail)))
      continue;
    return { kind: "chinese_id", groups: sizes.split("-").length, start, end: end + tail };
  }
  return undefined;
}

function ipv4(source: DigitGroups): NumberMatch | undefined {
  const { text, ahead } = source;
  if (ahead.length < 4 || [0, 1, 2].some((i) => source.gap(i) !== ".")) return undefined;
  const parts = ahead.slice(0, 4).map(({ digits }) => digits);
  if (
    parts.some(
      (digits) =>
        digits === "" || digits.length > 3 || (digits.length > 1 && digits[0] === "0") || Number(digits) > 255,
    )
  )
    return undefined;
  const [start, end] = [ahead[0]!.start, ahead[3]!.end];
  if (isWordUnit(text.charCodeAt(end)) || (text[end] === "." && /\d/.test(text[end + 1] ?? ""))) return undefined;
  const before = text[start - 1] ?? "";
  if (before === "." || before === "-" || (before === "/" && /[A-Za-z0-9)]/.test(text[start - 2] ?? "")))
    return undefined; // Chrome/120.0.0.0
  if (text[end] === "-" || isCalledOther(text, start) || !isPublicIpv4(parts.map(Number))) return undefined;
  return { kind: "ip", groups: 4, start, end };
}

function ssn(source: DigitGroups): NumberMatch | undefined {
  const { text } = source;
  const start = source.ahead[0]!.start;
  const row = joined(source, /^[- ]$/, 3).at(-1);
  const isCalled = isCalledSsn(text, start);
  const single = joined(source, /^[- ]$/, 1)[0]!;
  const isBare = isCalled && single.sizes === "9";
  if (!isBare && row?.sizes !== "3-2-4") return undefined;
  const { digits, end } = isBare ? single : row!;
  if (!isCalled && (source.gap(0) === " " || isCalledOther(text, start))) return undefined;
  if (/^(?:000|666|9)/.test(digits) || digits.slice(3, 5) === "00" || digits.endsWith("0000")) return undefined;
  if (/[-/#]/.test(text[start - 1] ?? "") || /^(?:[A-Za-z0-9_]|-\w)/.test(text.slice(end, end + 2))) return undefined;
  return { kind: "ssn", groups: isBare ? 1 : 3, start, end };
}
