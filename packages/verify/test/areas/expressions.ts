// Algebra, roots and functions: the pairs of random expressions of ../pairs.ts, gathered into areas.

import { type Area, randomPair } from "../pairs.ts";
import { type Draw, pair } from "./case.ts";

const gathered =
  (...areas: readonly Area[]): Draw =>
  (random, equal) => {
    const { a, b } = randomPair(random, random.pick(areas), equal);
    return pair(a, b, equal, { a: forSympy(a), b: forSympy(b) });
  };

/** SymPy has no \sqrt[3]{…}. */
const forSympy = (text: string): string => text.replaceAll("\\sqrt[3]{", "cbrt(").replaceAll("}", ")");

export const algebra = gathered("polynomial", "rational");
export const roots = gathered("radical", "constant");
export const functions = gathered("exponential", "trigonometric");
