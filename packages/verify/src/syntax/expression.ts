// The syntax tree that the reader produces and every other file consumes. Owns types only; sums and products are flat so
// that long input does not nest.

import type { Rational } from "../number/rational.ts";

/** Functions of one argument that the kernel knows. `log` is the natural logarithm, as `ln`. */
export type FunctionName =
  | "exp"
  | "ln"
  | "sin"
  | "cos"
  | "tan"
  | "cot"
  | "sec"
  | "csc"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "abs"
  | "floor"
  | "factorial";

/**
 * A mathematical expression. `root` is the real root: of even degree defined from 0 up, of odd degree everywhere; `factorial` is defined on
 * the whole numbers from 0 up. `places` are the decimal places of a number that was written behind ≈ and so stands for a rounded value.
 */
export type Expression =
  | { readonly kind: "number"; readonly value: Rational; readonly places?: number }
  | { readonly kind: "constant"; readonly name: "e" | "pi" | "i" }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "sum"; readonly terms: readonly Expression[] }
  | { readonly kind: "product"; readonly factors: readonly Expression[] }
  | { readonly kind: "quotient"; readonly over: Expression; readonly under: Expression }
  | { readonly kind: "negative"; readonly of: Expression }
  | { readonly kind: "power"; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: "root"; readonly degree: number; readonly of: Expression }
  | { readonly kind: "call"; readonly name: FunctionName; readonly of: Expression };

export type RelationOperator = "=" | "!=" | "<" | ">" | "<=" | ">=";

/** `terms[0] operators[0] terms[1] operators[1] …`: at least two terms. */
export interface Chain {
  readonly kind: "chain";
  readonly terms: readonly Expression[];
  readonly operators: readonly RelationOperator[];
}

/**
 * What one line or one answer may say. `all` is a comma-separated list (`x=2, y=3`, and `2, 3` where order or set is not said),
 * `any` an alternative (`x=2 or x=-2`, `x=±2`). An absent bound of an interval is infinite. `complement` is
 * everything outside of a set. A matrix is a tuple of tuples.
 */
export type Statement =
  | { readonly kind: "expression"; readonly expression: Expression }
  | Chain
  | { readonly kind: "all"; readonly parts: readonly Statement[] }
  | { readonly kind: "any"; readonly parts: readonly Statement[] }
  | { readonly kind: "congruence"; readonly terms: readonly Expression[]; readonly modulus: Expression }
  | { readonly kind: "infinity"; readonly negative: boolean }
  | { readonly kind: "complement"; readonly of: Statement }
  | { readonly kind: "tuple"; readonly items: readonly Statement[] }
  | { readonly kind: "set"; readonly items: readonly Statement[] }
  | {
      readonly kind: "interval";
      readonly low: Expression | undefined;
      readonly high: Expression | undefined;
      readonly lowClosed: boolean;
      readonly highClosed: boolean;
    };
