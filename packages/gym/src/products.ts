// Written products as lines of reasoning: one partial product for each digit of the second factor, digit by digit with the carry in
// sight, then added in columns. Owns these line formats; every family that needs a longer product uses them.

import { additionColumns } from "./columns.ts";

/** The digits of `a` times one digit, the carry in sight: `7*8=56`, `4*8+5=37`. */
function digitProducts(a: number, digit: number): string[] {
  const lines: string[] = [];
  let carry = 0;
  for (const x of [...String(a)].reverse().map(Number)) {
    const product = x * digit + carry;
    lines.push(`${x}*${digit}${carry ? `+${carry}` : ""}=${product}`);
    carry = Math.floor(product / 10);
  }
  return lines;
}

/** The lines of a·b, both at least 0: partial products, their sum in columns, and `a*b=…` last. */
export function productLines(a: number, b: number): string[] {
  const digits = [...String(b)].reverse().map(Number);
  if (digits.length === 1) return withLabel(`${a}*${b}`, a < 10 ? [] : digitProducts(a, b), `${a}*${b}=${a * b}`);
  const parts = digits.map((digit, i) => digit * 10 ** i);
  const lines = [`${a}*${b}=${parts.map((part) => `${a}*${part}`).join("+")}`];
  let sum = 0;
  digits.forEach((digit, i) => {
    const part = a * parts[i]!;
    lines.push(
      ...withLabel(`${a}*${parts[i]}`, digit === 0 ? [] : digitProducts(a, digit), `${a}*${parts[i]}=${part}`),
    );
    if (i > 0)
      lines.push(
        ...withLabel(
          `${sum}+${part}`,
          additionColumns(sum, part),
          i === digits.length - 1 ? undefined : `${sum}+${part}=${sum + part}`,
        ),
      );
    sum += part;
  });
  return [...lines, `${a}*${b}=${sum}`];
}

const withLabel = (label: string, lines: readonly string[], result: string | undefined): string[] => [
  ...lines.map((line, i) => (i === 0 ? `${label}: ${line}` : line)),
  ...(result === undefined ? [] : [result]),
];
