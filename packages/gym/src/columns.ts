// Written arithmetic as lines of reasoning: columns, least significant digit first, with carries and borrows in sight.
// Owns these line formats; every family that needs a longer sum uses them. Works on non-negative integers.

const digits = (value: number): number[] => [...String(value)].reverse().map(Number);

/** The columns of a + b: `7+8=15`, `4+3+1=8` (the 1 is carried; missing digits are 0). */
export function additionColumns(a: number, b: number): string[] {
  const [left, right] = [digits(a), digits(b)];
  const lines: string[] = [];
  let carry = 0;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? 0, right[i] ?? 0];
    const sum = x + y + carry;
    lines.push(`${x}+${y}${carry ? "+1" : ""}=${sum}`);
    carry = sum > 9 ? 1 : 0;
  }
  return lines;
}

/** The columns of a - b for a >= b: `5-7<15-7=8` where ten is borrowed, then `8-4-1=3`. */
export function subtractionColumns(a: number, b: number): string[] {
  const [left, right] = [digits(a), digits(b)];
  const lines: string[] = [];
  let borrow = 0;
  for (let i = 0; i < left.length; i++) {
    const [x, y] = [left[i]!, right[i] ?? 0];
    const taken = `-${y}${borrow ? "-1" : ""}`;
    const difference = x - y - borrow;
    if (difference < 0) lines.push(`${x}${taken}<${x + 10}${taken}=${difference + 10}`);
    else lines.push(`${x}${taken}=${difference}`);
    borrow = difference < 0 ? 1 : 0;
  }
  return lines;
}

/**
 * Which of two numbers is larger, from what stands first: the digits from the left up to the first difference (`4<8`), or the
 * whole numbers where their lengths differ (`85<147`). Equal numbers give only equal digits.
 */
export function comparison(a: number, b: number): string[] {
  const [left, right] = [String(a), String(b)];
  if (left.length !== right.length) return [`${a}${a < b ? "<" : ">"}${b}`];
  const lines: string[] = [];
  for (let i = 0; i < left.length; i++) {
    const [x, y] = [left[i]!, right[i]!];
    lines.push(`${x}${x < y ? "<" : x > y ? ">" : "="}${y}`);
    if (x !== y) break;
  }
  return lines;
}
