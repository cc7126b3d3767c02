// A quotient of two whole numbers brought to lowest terms, written out: signs first, then the greatest common divisor of both. Owns these
// lines; families end their reasoning with them.

import { gcd, gcdLines } from "./division.ts";
import { operand } from "./signed.ts";

/** `3`, `-1/2`: over/under in lowest terms; `under` is not 0. */
export function fractionText(over: number, under: number): string {
  const common = gcd(Math.abs(over), Math.abs(under)) * Math.sign(under);
  return under === common ? String(over / common || 0) : `${over / common || 0}/${under / common}`;
}

/** Whether over/under is brought to lowest terms by small facts alone: a short quotient, or divisions by numbers up to 31. */
export function isShortFraction(over: number, under: number): boolean {
  const [p, q] = [Math.abs(over), Math.abs(under)];
  if (p >= 1000 || q >= 1000 || q === 0) return false;
  return p % q === 0 ? p / q < 100 || q < 10 : Math.min(p, q) <= 31;
}

/**
 * The lines from `head=over/under` to lowest terms. `head` is what the quotient is the value of; left out, the quotient begins.
 * @example
 * writtenFraction(6, -4, "k") // ["k=6/(-4)=-6/4", "gcd(6,4)=2", "k=-6/4=-(6/2)/(4/2)=-3/2"]
 */
export function writtenFraction(over: number, under: number, head = ""): string[] {
  const start = head === "" ? [] : [head];
  const sign = Math.sign(under);
  const [p, q] = [over * sign || 0, Math.abs(under)];
  const sides = [...start, `${over}/${operand(under)}`];
  if (under === 1) sides[sides.length - 1] = String(over);
  else if (sign < 0) sides.push(q === 1 ? String(p) : `${p}/${q}`);
  if (q === 1) return sides.length > 1 ? [sides.join("=")] : [];
  if (p % q === 0) return [[...sides, String(p / q)].join("=")];
  const lines = sides.length > 1 ? [sides.join("=")] : [];
  lines.push(...gcdLines(Math.abs(p), q));
  const common = gcd(Math.abs(p), q);
  if (common > 1) {
    const minus = p < 0 ? "-" : "";
    const divided = `${minus}(${Math.abs(p)}/${common})/(${q}/${common})`;
    lines.push([...start, `${p}/${q}`, divided, fractionText(p, q)].join("="));
  }
  return lines;
}
