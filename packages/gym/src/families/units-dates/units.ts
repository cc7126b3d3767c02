// Units of length, mass, volume, time and speed: their names in both languages and the ladders from large to small. Owns these
// tables and the judgement of a line such as `3 km=3*1000 m=3000 m`.

import type { Language } from "@lemma/protocol";
import { equivalent, proved, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { sourcesOf } from "../../sources.ts";

/** Units from large to small; `factors[i]` of the next one make one. */
export interface Ladder {
  readonly units: readonly string[];
  readonly factors: readonly number[];
}

export const LADDERS: readonly Ladder[] = [
  { units: ["km", "m", "cm", "mm"], factors: [1000, 100, 10] },
  { units: ["t", "kg", "g", "mg"], factors: [1000, 1000, 1000] },
  { units: ["kl", "l", "ml"], factors: [1000, 1000] },
  { units: ["week", "day", "h", "min", "s"], factors: [7, 24, 60, 60] },
];

/** How units are said; the first name of each is the usual one. */
export const NAMES: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> = {
  km: { en: ["kilometres", "km"], zh: ["千米", "公里", "km"] },
  m: { en: ["metres", "m"], zh: ["米", "m"] },
  cm: { en: ["centimetres", "cm"], zh: ["厘米", "cm"] },
  mm: { en: ["millimetres", "mm"], zh: ["毫米", "mm"] },
  t: { en: ["tonnes", "t"], zh: ["吨", "t"] },
  kg: { en: ["kilograms", "kg"], zh: ["千克", "公斤", "kg"] },
  g: { en: ["grams", "g"], zh: ["克", "g"] },
  mg: { en: ["milligrams", "mg"], zh: ["毫克", "mg"] },
  kl: { en: ["kilolitres", "kl"], zh: ["千升", "kl"] },
  l: { en: ["litres", "l"], zh: ["升", "l"] },
  ml: { en: ["millilitres", "ml"], zh: ["毫升", "ml"] },
  week: { en: ["weeks"], zh: ["周", "个星期"] },
  day: { en: ["days"], zh: ["天"] },
  h: { en: ["hours", "h"], zh: ["小时"] },
  min: { en: ["minutes", "min"], zh: ["分钟", "分"] },
  s: { en: ["seconds", "s"], zh: ["秒"] },
  "m/s": { en: ["metres per second", "m/s"], zh: ["米每秒", "米/秒", "m/s"] },
  "km/h": { en: ["kilometres per hour", "km/h"], zh: ["千米每小时", "千米/时", "公里每小时", "km/h"] },
};

/** All names of a unit, in both languages. */
export const allNames = (unit: string): string[] => [unit, ...(NAMES[unit]?.en ?? []), ...(NAMES[unit]?.zh ?? [])];

/** The unit with this name; undefined where there is none. */
export const unitNamed = (name: string): string | undefined =>
  Object.keys(NAMES).find((unit) => allNames(unit).includes(name.toLowerCase()));

/** What one of a unit is in the smallest of its ladder; speeds in metres an hour. */
const AMOUNTS: ReadonlyMap<string, readonly [ladder: number, amount: number]> = new Map([
  ...LADDERS.flatMap(({ units, factors }, ladder) =>
    units.map(
      (unit, i) => [unit, [ladder, factors.slice(i).reduce((product, factor) => product * factor, 1)]] as const,
    ),
  ),
  ["km/h", [LADDERS.length, 1000]] as const,
  ["m/s", [LADDERS.length, 3600]] as const,
]);

const SIDE = /^([\d+*/()]+) ?([a-z/]+)$/;

/** The verdict on amounts with units that are said to be equal; undefined for any other line. */
export function unitStep(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const sides = line.body.split("=").map((side) => SIDE.exec(side.trim()));
  const amounts = sides.map((side) => AMOUNTS.get(side?.[2] ?? ""));
  if (
    sides.length < 2 ||
    sides.length > 6 ||
    amounts.some((amount) => amount === undefined || amount[0] !== amounts[0]![0])
  )
    return undefined;
  const values = sides.map((side, i) => `(${side![1]})*${amounts[i]![1]}`);
  for (let i = 1; i < values.length; i++) {
    const verdict = equivalent(values[i - 1]!, values[i]!);
    if (verdict.verdict !== "proved") return verdict;
  }
  return { ...proved(), from: sourcesOf(sides[0]![1]!.match(/\d+/g) ?? [], context) };
}
