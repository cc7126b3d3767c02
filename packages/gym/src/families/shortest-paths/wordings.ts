// Road problems as questions, and back. Owns telling roads, rendering and reading; the wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { isProblem, type Problem, type Road } from "./roads.ts";

type Ask = Problem["ask"];

/** One way to ask, for each of both questions. */
export type Wording = Readonly<Record<Ask, string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};

/** How a road is told, with a unit (behind the number and as a plural alone) or without. */
const WITH_UNIT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "{a}-{b} {n} {u}",
    "{a} to {b} {n} {u}",
    "{a}-{b}: {n} {u}",
    "from {a} to {b} it is {n} {u}",
    "{a} and {b} are {n} {u} apart",
  ],
  zh: ["{a}-{b} {n}{u}", "{a}到{b} {n}{u}", "{a}到{b}是{n}{u}", "{a}和{b}相距{n}{u}", "{a}-{b}：{n}{u}"],
};
const WITHOUT: readonly string[] = ["{a}-{b} {n}", "{a}-{b}: {n}", "{a}-{b}={n}", "{a}-{b} ({n})"];
const UNITS: Readonly<Record<Language, readonly (readonly [unit: string, plural: string])[]>> = {
  en: [
    ["km", "kilometers"],
    ["km", "km"],
    ["miles", "miles"],
    ["minutes", "minutes"],
  ],
  zh: [
    ["公里", "公里"],
    ["千米", "千米"],
    ["里", "里"],
    ["分钟", "分钟"],
  ],
};

const tell = (roads: readonly Road[], form: string, unit: string, between: string): string =>
  roads
    .map(([a, b, length]) =>
      form
        .replace("{a}", a)
        .replace("{b}", b)
        .replace("{n}", `${length}`)
        .replace("{u}", length === 1 ? unit.replace(/(?<=mile|minute)s$/, "") : unit),
    )
    .join(between);

export const roadPhrasings = phrasingsFrom<Problem, Wording>(WORDINGS, (wording, language) => {
  const forms = { length: template(wording.length), route: template(wording.route) };
  return {
    templates: Object.values(forms),
    render: ({ ask, roads, from, to }, random) => {
      const [unit, plural] = random.pick(UNITS[language]);
      const [withUnit, without] = [random.pick(WITH_UNIT[language]), random.pick(WITHOUT)];
      const between = language === "en" ? random.pick([", ", ", ", "; "]) : random.pick(["，", "，", "；", "、"]);
      return forms[ask].render(
        {
          ...{ from, to, unit: plural },
          roads: tell(roads, withUnit, unit, between),
          pairs: tell(roads, without, "", between),
        },
        random,
      );
    },
  };
});

const TOWN = "(?<![A-Za-z])[A-Z](?![a-z])";
const LENGTH_UNIT = "(?:km|kilomet(?:er|re)s?|miles?|minutes?|min|公里|千米|里|分钟)";
/** A pair of towns and, after a few words without letters of towns, the length. */
const ROAD = `(?:from |between |\\( ?)?${TOWN} ?(?:-|--|–|to|and|到|至|和|与|,|、)? ?[A-Z](?![A-Za-z])[^A-Z\\d.?。？]{0,12}?\\d{1,4}(?!\\d) ?(?:${LENGTH_UNIT})?(?: apart)?\\)?`;
const ROADS = new RegExp(`${ROAD}(?:[\\s,;，；、]*(?:and )?${ROAD})*`, "gu");
const EACH = new RegExp(ROAD, "gu");
/** Stands for the roads in the text around them. */
const MARK = "\u{E000}";

/** Further forms that people type, for reading alone. */
const TYPED: readonly (readonly [text: string, ask: Ask])[] = [
  [
    "[Roads|Edges|Graph]: {roads}. [What is the |]shortest [distance|path length] [from|between] {from} [to|and] {to}?",
    "length",
  ],
  ["{roads}. [How far is it|How long is the shortest way] from {from} to {to}?", "length"],
  ["{roads}. [Shortest way|Shortest path|Best route] from {from} to {to}?", "route"],
  ["{roads}。从{from}到{to}最短[多少|多远|距离是多少]？", "length"],
  ["{roads}。从{from}到{to}最短怎么走？", "route"],
];

let read: Matcher<Ask> | undefined;

/** Reads a problem; undefined where a text asks for no way on roads with lengths. */
export function readProblem(question: string): Problem | undefined {
  const text = questionText(question);
  if (text === undefined || !/[A-Z].*\d/.test(text)) return undefined;
  const list = [...text.matchAll(ROADS)].sort((a, b) => b[0].length - a[0].length)[0];
  if (list === undefined) return undefined;
  read ??= matcher(
    [
      ...(["en", "zh"] as const).flatMap((language) =>
        [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((wording) =>
          (["length", "route"] as const).map((ask) => [wording[ask], ask] as const),
        ),
      ),
      ...TYPED,
    ].map(([form, ask]) => [template(form), ask] as const),
    { roads: MARK, pairs: MARK, from: "\\b[A-Z]\\b|[A-Z]", to: "\\b[A-Z]\\b|[A-Z]", unit: LENGTH_UNIT },
  );
  const found = read(text.slice(0, list.index) + MARK + text.slice(list.index + list[0].length));
  if (found === undefined) return undefined;
  const roads = [...list[0].matchAll(EACH)].map(([road]): Road => {
    const [a, b] = road.match(/[A-Z]/g) as [string, string];
    return [a, b, Number(/\d+/.exec(road)![0])];
  });
  const problem = { ask: found.tag, roads, from: found.slots.from!.toUpperCase(), to: found.slots.to!.toUpperCase() };
  return isProblem(problem) ? problem : undefined;
}
