// The step budget that bounds every computation: an operation counter, never a timer, so the same input gives the same verdict on
// any machine. Public functions catch BudgetExhausted and answer unknown/budget.

/** Thrown where a budget runs out; never leaves this package. */
export class BudgetExhausted extends Error {}

/** Thrown where an expression has no value anywhere or lies outside what the kernel can represent; never leaves this package. */
export class Unsupported extends Error {}

/** Operations of one check where the caller names no other budget: below a second of work. */
export const DEFAULT_BUDGET = 400_000;

/** Numbers with more bits than this count as out of budget. */
export const BIT_LIMIT = 40_000;

export class Budget {
  left: number;

  constructor(operations: number = DEFAULT_BUDGET) {
    this.left = operations;
  }

  /** Takes `operations` off; throws BudgetExhausted below zero. */
  spend(operations: number): void {
    this.left -= operations;
    if (this.left < 0) throw new BudgetExhausted("the step budget is used up");
  }
}

/** About the number of binary digits of |n|: exact to a few bits. */
export function bitLength(n: bigint): number {
  const double = Number(n < 0n ? -n : n);
  return Number.isFinite(double) ? Math.ceil(Math.log2(double + 1)) : n.toString(16).length * 4;
}
