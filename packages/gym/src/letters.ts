// Names of unknowns. Owns which letters may stand for one: `e` and `i` are constants, `C` is the free constant.

import type { Random } from "./random.ts";

const LETTERS = [..."abcdfghjklmnopqrstuvwyz"];

/** A letter for an unknown: x half of the time, seldom a capital. */
export function drawLetter(random: Random): string {
  if (random.chance(0.5)) return "x";
  const letter = random.pick(LETTERS);
  return letter !== "c" && letter !== "d" && random.chance(0.06) ? letter.toUpperCase() : letter;
}
