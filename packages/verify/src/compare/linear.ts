// Linear forms over named unknowns and exact elimination. Owns the answer to: what do these linear equations say of that expression?

import * as Q from "../number/rational.ts";
import type { Expression } from "../syntax/expression.ts";

/** constant + Σ coefficient·unknown; no zero coefficients. */
export interface LinearForm {
  readonly constant: Q.Rational;
  readonly coefficients: ReadonlyMap<string, Q.Rational>;
}

const constantForm = (constant: Q.Rational): LinearForm => ({ constant, coefficients: new Map() });

export function addForms(a: LinearForm, b: LinearForm, times: Q.Rational = Q.ONE): LinearForm {
  const coefficients = new Map(a.coefficients);
  for (const [name, value] of b.coefficients) {
    const sum = Q.add(coefficients.get(name) ?? Q.ZERO, Q.mul(value, times));
    if (Q.isZero(sum)) coefficients.delete(name);
    else coefficients.set(name, sum);
  }
  return { constant: Q.add(a.constant, Q.mul(b.constant, times)), coefficients };
}

export function scaleForm(a: LinearForm, by: Q.Rational): LinearForm {
  return addForms(constantForm(Q.ZERO), a, by);
}

/** The linear form of an expression; undefined where it is not linear or not rational. */
export function linearForm(e: Expression): LinearForm | undefined {
  switch (e.kind) {
    case "number":
      return constantForm(e.value);
    case "symbol":
      return { constant: Q.ZERO, coefficients: new Map([[e.name, Q.ONE]]) };
    case "negative": {
      const of = linearForm(e.of);
      return of === undefined ? undefined : scaleForm(of, Q.MINUS_ONE);
    }
    case "sum": {
      let sum = constantForm(Q.ZERO);
      for (const term of e.terms) {
        const form = linearForm(term);
        if (form === undefined) return undefined;
        sum = addForms(sum, form);
      }
      return sum;
    }
    case "product": {
      let product = constantForm(Q.ONE);
      for (const factor of e.factors) {
        const form = linearForm(factor);
        if (form === undefined) return undefined;
        if (form.coefficients.size === 0) product = scaleForm(product, form.constant);
        else if (product.coefficients.size === 0) product = scaleForm(form, product.constant);
        else return undefined;
      }
      return product;
    }
    case "quotient": {
      const under = linearForm(e.under);
      if (under === undefined || under.coefficients.size > 0 || Q.isZero(under.constant)) return undefined;
      const over = linearForm(e.over);
      return over === undefined ? undefined : scaleForm(over, Q.inverse(under.constant));
    }
    case "power": {
      const base = linearForm(e.base);
      if (base === undefined || e.exponent.kind !== "number" || e.exponent.value.d !== 1n) return undefined;
      const k = e.exponent.value.n;
      if (base.coefficients.size === 0 && k >= -64n && k <= 64n && !(k <= 0n && Q.isZero(base.constant))) {
        return constantForm(Q.pow(base.constant, k));
      }
      return k === 1n ? base : undefined;
    }
    default:
      return undefined;
  }
}

/** A system of linear equations in solved form: each pivot unknown equals a form in the free ones. */
export class LinearSystem {
  #solved = new Map<string, LinearForm>();
  isConsistent = true;

  /** Adds form = 0. */
  add(form: LinearForm): void {
    const reduced = this.reduce(form);
    const [pivot] = reduced.coefficients;
    if (pivot === undefined) {
      if (!Q.isZero(reduced.constant)) this.isConsistent = false;
      return;
    }
    const [name, coefficient] = pivot;
    const rest = new Map(reduced.coefficients);
    rest.delete(name);
    const value = scaleForm({ constant: reduced.constant, coefficients: rest }, Q.neg(Q.inverse(coefficient)));
    for (const [other, form_] of this.#solved) {
      const factor = form_.coefficients.get(name);
      if (factor === undefined) continue;
      const without = new Map(form_.coefficients);
      without.delete(name);
      this.#solved.set(other, addForms({ constant: form_.constant, coefficients: without }, value, factor));
    }
    this.#solved.set(name, value);
  }

  /** The form with every solved unknown replaced. */
  reduce(form: LinearForm): LinearForm {
    let result: LinearForm = constantForm(form.constant);
    for (const [name, value] of form.coefficients) {
      const solved = this.#solved.get(name);
      result = addForms(result, solved ?? { constant: Q.ZERO, coefficients: new Map([[name, Q.ONE]]) }, value);
    }
    return result;
  }

  /** The unknowns with a single value. */
  values(): Map<string, Q.Rational> {
    const values = new Map<string, Q.Rational>();
    for (const [name, form] of this.#solved) if (form.coefficients.size === 0) values.set(name, form.constant);
    return values;
  }

  /** Every solved unknown with its form in the free ones. */
  get solved(): ReadonlyMap<string, LinearForm> {
    return this.#solved;
  }
}

/** The form as an expression. */
export function formExpression(form: LinearForm): Expression {
  const terms: Expression[] = [{ kind: "number", value: form.constant }];
  for (const [name, value] of form.coefficients) {
    terms.push({
      kind: "product",
      factors: [
        { kind: "number", value },
        { kind: "symbol", name },
      ],
    });
  }
  return terms.length === 1 ? terms[0]! : { kind: "sum", terms };
}
