// How units and dates are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {amount} with its units, {unit} the wanted one; {d1} {d2} dates; {w} a weekday, {n} days, {later} {after} {future} {away} {move}
// their direction; {t} {u} times of day, {span} hours and minutes; {name} a person.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher, type SlotText } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { type Day, MONTHS, WEEKDAYS, weekdayNamed } from "./calendar.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { isProblem, KINDS, type Kind, type UnitsDates } from "./problem.ts";
import { allNames, LADDERS, NAMES, unitNamed } from "./units.ts";

/** Texts by kind; a list shorter than the longest is gone through again. */
export interface Texts {
  readonly heldOut: Readonly<Record<Kind, readonly string[]>>;
  readonly trained: Readonly<Record<Kind, readonly string[]>>;
}

const PEOPLE = { en: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"], zh: ["小明", "小红", "小华", "小丽"] } as const;

/** The words for days to come and days gone by. */
const DIRECTIONS: Readonly<Record<string, readonly [forth: string, back: string]>> = {
  "en later": ["later", "earlier"],
  "en after": ["after", "before"],
  "en future": ["future", "past"],
  "en away": ["forward", "back"],
  "zh later": ["后", "前"],
  "zh move": ["往后", "往前"],
};

/** `3 km 250 m`, `3 kilometres 250 metres`, 3千米250米. */
function amountText(parts: readonly (readonly [number, string])[], language: Language, isShort: boolean): string {
  const said = parts.map(([amount, unit]) => {
    const names = NAMES[unit]![language];
    const name = isShort ? names.at(-1)! : names[0]!;
    const one = amount === 1 && name.length > 3 && name.endsWith("s") ? name.slice(0, -1) : name;
    return /[a-z]/.test(name) ? `${amount} ${one}` : `${amount}${name}`;
  });
  return said.join(/[a-z]$/.test(said[0]!) ? " " : "");
}

function dateText({ year, month, day }: Day, language: Language, form: number): string {
  if (language === "zh") return `${year}年${month}月${day}日`;
  const name = MONTHS[month - 1]!;
  return form === 0 ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`;
}

const timeText = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

function slotsFor(problem: UnitsDates, language: Language, random: Random): Record<string, string> {
  const slots: Record<string, string> = { name: random.pick<string>(PEOPLE[language]) };
  const isBack = problem.kind === "weekday" && problem.days < 0;
  for (const [key, words] of Object.entries(DIRECTIONS))
    if (key.startsWith(language)) slots[key.slice(3)] = words[isBack ? 1 : 0];
  switch (problem.kind) {
    case "convert":
    case "speed": {
      const parts =
        problem.kind === "convert"
          ? problem.parts
          : ([[problem.amount, problem.to === "m/s" ? "km/h" : "m/s"]] as const);
      const isShort = random.chance(0.5);
      const names = NAMES[problem.to]![language];
      slots.amount = amountText(parts, language, isShort);
      slots.unit = isShort ? names.at(-1)! : random.pick(names.slice(0, Math.max(1, names.length - 1)));
      break;
    }
    case "days": {
      const form = random.below(2);
      slots.d1 = dateText(problem.from, language, form);
      slots.d2 = dateText(problem.to, language, form);
      break;
    }
    case "weekday":
      slots.w = WEEKDAYS[language][problem.start]!;
      slots.n = String(Math.abs(problem.days));
      break;
    case "clock": {
      const { start, hours, minutes } = problem;
      slots.t = timeText(start);
      const [h, min] = language === "en" ? [hours === 1 ? "hour" : "hours", "minutes"] : ["小时", "分钟"];
      const said = [...(hours > 0 ? [[hours, h]] : []), ...(minutes > 0 ? [[minutes, min]] : [])];
      slots.span = said.map((part) => part.join(language === "en" ? " " : "")).join(language === "en" ? " " : "");
      break;
    }
    case "duration":
      slots.t = timeText(problem.start);
      slots.u = timeText(problem.end);
  }
  return slots;
}

/** As many wordings as the longest list has; wording i says each kind with text i of its list, the list gone through again. */
const wordingsOf = (texts: Texts["trained"]): Readonly<Record<Kind, string>>[] =>
  Array.from(
    { length: Math.max(...KINDS.map((kind) => texts[kind].length)) },
    (_, i) =>
      Object.fromEntries(KINDS.map((kind) => [kind, texts[kind][i % texts[kind].length]])) as Record<Kind, string>,
  );

const WORDINGS = {
  en: { heldOut: wordingsOf(ENGLISH.heldOut), trained: wordingsOf(ENGLISH.trained) },
  zh: { heldOut: wordingsOf(CHINESE.heldOut), trained: wordingsOf(CHINESE.trained) },
};

/** The wordings of the family, by language. */
export const unitsDatesPhrasings = phrasingsFrom<UnitsDates, Readonly<Record<Kind, string>>>(
  WORDINGS,
  (wording, language) => {
    const forms = new Map(KINDS.map((kind) => [kind, template(wording[kind])]));
    return {
      templates: [...forms.values()],
      render(problem, random) {
        const text = forms.get(problem.kind)!.render(slotsFor(problem, language, random), random);
        return /^[a-z]{2}/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
      },
    };
  },
);

const byLength = (names: Iterable<string>): string => [...new Set(names)].sort((a, b) => b.length - a.length).join("|");
const singular = (names: readonly string[]) =>
  names.flatMap((name) => (/^[a-z]{3,}s$/.test(name) ? [name, name.slice(0, -1)] : [name]));
const PLAIN = byLength(singular(LADDERS.flatMap(({ units }) => units.flatMap(allNames))));
const SPEEDS = byLength([...allNames("m/s"), ...allNames("km/h")]);
const N = "\\d{1,12}";
const DATE = `${N}年${N}月${N}日|(?:${MONTHS.join("|")}) \\d{1,2},? \\d{1,4}|\\d{1,2} (?:${MONTHS.join("|")}) \\d{1,4}`;
const SPAN =
  "\\d{1,2} ?(?:hours?|h|小时)(?: ?(?:and )?\\d{1,2} ?(?:minutes?|min|分钟?))?|\\d{1,2} ?(?:minutes?|min|分钟?)";

const SLOTS = {
  name: "[A-Z]\\w+|小.",
  d1: DATE,
  d2: DATE,
  w: `${WEEKDAYS.en.join("|")}|(?:星期|周|礼拜)[一二三四五六日天]`,
  n: "\\d{1,6}",
  later: "later|earlier|后|前",
  after: "after|before",
  future: "future|past",
  away: "forward|back",
  move: "往后|往前",
  t: "\\d{1,2}:\\d\\d",
  u: "\\d{1,2}:\\d\\d",
  span: SPAN,
};
const AMOUNTS = {
  convert: { amount: `${N} ?(?:${PLAIN})(?: ?(?:and )?${N} ?(?:${PLAIN}))?`, unit: PLAIN },
  speed: { amount: `${N} ?(?:${SPEEDS})`, unit: SPEEDS },
};

let readers: readonly Matcher<Kind>[] | undefined;

/** One reader for amounts, one for speeds, one for the rest: their slots differ. */
function wordMatchers(): readonly Matcher<Kind>[] {
  const entries = (kinds: readonly Kind[]) =>
    [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
      kinds.flatMap((kind) => [...heldOut[kind], ...trained[kind]].map((text) => [template(text), kind] as const)),
    );
  return [
    matcher(entries(["speed"]), { ...SLOTS, ...AMOUNTS.speed }),
    matcher(entries(["convert"]), { ...SLOTS, ...AMOUNTS.convert }),
    matcher(entries(["days", "weekday", "clock", "duration"]), SLOTS),
  ];
}

/** `3 kilometres and 250 m` as numbers and units. */
function readAmount(text: string, names: string): [number, string][] {
  return [...text.matchAll(new RegExp(`(${N}) ?(${names})`, "gi"))].map(([, amount, name]) => [
    Number(amount),
    unitNamed(name!) ?? unitNamed(`${name}s`)!,
  ]);
}

function readDate(text: string): Day {
  const numbers = text.match(/\d+/g)!.map(Number);
  const named = MONTHS.findIndex((month) => text.toLowerCase().includes(month.toLowerCase())) + 1;
  if (named === 0) return { year: numbers[0]!, month: numbers[1]!, day: numbers[2]! };
  return { year: numbers[1]!, month: named, day: numbers[0]! };
}

const readTime = (text: string): number => Number(text.split(":")[0]) * 60 + Number(text.split(":")[1]);

/** Reads a problem from a question in any of the wordings; undefined where it has no whole answer. */
export function readUnitsDates(text: string): UnitsDates | undefined {
  const question = questionText(text)?.replace(/(?<=\d)：(?=\d\d)/g, ":");
  if (question === undefined || !/\d/.test(question)) return undefined;
  readers ??= wordMatchers();
  for (const read of readers) {
    const found = read(question);
    const problem = found === undefined ? undefined : problemFrom(found.tag, found.slots);
    if (problem !== undefined && isProblem(problem)) return problem;
  }
  return undefined;
}

function problemFrom(kind: Kind, slots: SlotText): UnitsDates | undefined {
  switch (kind) {
    case "convert":
    case "speed": {
      const names = kind === "speed" ? SPEEDS : PLAIN;
      const parts = readAmount(slots.amount!, names);
      const to = unitNamed(slots.unit!) ?? unitNamed(`${slots.unit}s`);
      if (to === undefined || parts.length === 0) return undefined;
      if (kind === "convert") return { kind, parts, to };
      if (to !== "m/s" && to !== "km/h") return undefined;
      return parts[0]![1] === to ? undefined : { kind, amount: parts[0]![0], to };
    }
    case "days":
      return { kind, from: readDate(slots.d1!), to: readDate(slots.d2!) };
    case "weekday": {
      const direction = slots.later ?? slots.after ?? slots.future ?? slots.away ?? slots.move ?? "later";
      const isBack = /earlier|before|past|back|前/i.test(direction);
      return { kind, start: weekdayNamed(slots.w!)!, days: (isBack ? -1 : 1) * Number(slots.n) };
    }
    case "clock": {
      const hours = /(\d+) ?(?:h|小)/i.exec(slots.span!)?.[1] ?? "0";
      const minutes = /(\d+) ?(?:m|分)/i.exec(slots.span!)?.[1] ?? "0";
      return { kind, start: readTime(slots.t!), hours: Number(hours), minutes: Number(minutes) };
    }
    case "duration":
      return { kind, start: readTime(slots.t!), end: readTime(slots.u!) };
  }
}
