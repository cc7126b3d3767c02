// The reasoning of rates and percent. Owns its lines; must not know wordings. A percentage is a product over 100, without the zeros that fall away; a change is put
// over the old value; what a price, a speed or a mixture needs is one product or quotient after the other.

import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { percentFactors, type Rates } from "./problem.ts";

/** b % of a: zeros that the factors share with the 100 fall away (`160*40/100=16*4=40+24=64`), what is left of it divides the product. */
function part(a: number, b: number): string[] {
  const [p, q, under] = percentFactors(a, b);
  const product = writtenProduct(p, q);
  const whole = `${a}*${b}/100`;
  if (under === 1) return product.length === 1 ? [`${whole}=${product[0]}`] : [`${whole}=${p}*${q}`, ...product];
  const start = under === 100 ? [] : [`${whole}=${p}*${q}/${under}`];
  return [...start, ...product, ...writtenQuotient(p * q, under)];
}

/** The steps of a problem, a line each. */
export function trace({ kind, values, isDown }: Rates): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = values;
  const sign = isDown ? "-" : "+";
  switch (kind) {
    case "percent":
      return part(b, a);
    case "change": {
      const difference = Math.abs(b - a);
      return [
        ...writtenSum(Math.max(a, b), "-", Math.min(a, b)),
        ...writtenProduct(difference, 100),
        ...writtenQuotient(difference * 100, a),
      ];
    }
    case "applied":
      return [...part(a, b), ...writtenSum(a, sign, (a * b) / 100)];
    case "rate":
      return writtenProduct(a, b);
    case "time":
      return writtenQuotient(b, a);
    case "price":
      return [...writtenQuotient(b, a), ...writtenProduct(b / a, c)];
    case "mixture":
      return [
        ...writtenProduct(a, b),
        ...writtenProduct(c, d),
        ...writtenSum(a * b, "+", c * d),
        ...writtenSum(a, "+", c),
        ...writtenQuotient(a * b + c * d, a + c),
      ];
    case "original": {
      const rest = isDown ? 100 - b : 100 + b;
      return [...writtenSum(100, sign, b), ...writtenProduct(a, 100), ...writtenQuotient(a * 100, rest)];
    }
  }
}
