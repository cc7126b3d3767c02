// Sums and fractions with signs, written so that each side needs one small fact: a signed sum is first rewritten as an unsigned
// one (`-14-(-19)=19-14=5`). Owns these chains; families put them into their lines.

/** A number as an operand that is not first: negative ones stand in parentheses. */
export const operand = (value: number | string): string => {
  const text = String(value);
  return text.startsWith("-") ? `(${text})` : text;
};

/** The unsigned form of x + y: `19-14`, `-(19-14)`, `-(14+19)`; `unit` follows each number (`5x-2x`). Zero operands vanish. */
export function unsignedSum(x: number, y: number, unit = ""): string {
  const [p, q] = [Math.abs(x), Math.abs(y)];
  const show = (value: number) => (unit !== "" && value === 1 ? unit : `${value}${unit}`);
  if (x >= 0 && y >= 0) return `${show(p)}+${show(q)}`;
  if (x < 0 && y < 0) return `-(${show(p)}+${show(q)})`;
  const [plus, minus] = x >= 0 ? [p, q] : [q, p];
  return plus >= minus ? `${show(plus)}-${show(minus)}` : `-(${show(minus)}-${show(plus)})`;
}

/**
 * The sides of `left ± right = … = value`, without repeats: the given spelling, the unsigned one, the value.
 * @example
 * sumSides(-14, "-", -19) // ["-14-(-19)", "19-14", "5"]
 */
export function sumSides(left: number, operation: "+" | "-", right: number, unit = ""): string[] {
  const show = (value: number) => (unit === "" ? String(value) : withUnit(value, unit));
  const y = operation === "+" ? right : -right;
  const sides = [`${show(left)}${operation}${operand(show(right))}`];
  if (left !== 0 && right !== 0) sides.push(unsignedSum(left, y, unit));
  sides.push(show(left + y));
  return sides.filter((side, i) => side !== sides[i - 1]);
}

/** `3x`, `x`, `-x`, `0`. */
export function withUnit(value: number, unit: string): string {
  if (value === 0) return "0";
  return `${value === 1 ? "" : value === -1 ? "-" : value}${unit}`;
}

/** Terms as one expression: `["3x^2", "-2x", "5"]` becomes `3x^2-2x+5`, or with spaces `3x^2 - 2x + 5`. */
export function joinTerms(terms: readonly string[], space = ""): string {
  let out = "";
  for (const term of terms)
    out += out === "" ? term : term.startsWith("-") ? `${space}-${space}${term.slice(1)}` : `${space}+${space}${term}`;
  return out === "" ? "0" : out;
}
