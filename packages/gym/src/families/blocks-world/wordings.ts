// Block puzzles as questions, and back. Owns telling arrangements, rendering and reading; the wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { blocksOf, isPuzzle, ordered, type Puzzle, type Stacks } from "./blocks.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { writeMove } from "./trace.ts";

type Ask = Puzzle["ask"];

/** One way to ask, for each of both questions. */
export type Wording = Readonly<Record<Ask, string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};

/** `[A, B], [C]`: each stack from the bottom to the top. */
function tellStacks(stacks: Stacks, random: Random): string {
  const [open, between, close, gap] = random.pick([
    ["[", ", ", "]", ", "],
    ["", " ", "", " | "],
    ["", "-", "", ", "],
    ["(", " ", ")", " "],
  ] as const);
  return stacks.map((stack) => open + [...stack].join(between) + close).join(gap);
}

/** `A on the table, B on A`: what each block stands on. */
function tellSupports(stacks: Stacks, language: Language, random: Random): string {
  const on = (block: string, support: string | undefined) => {
    if (language === "en") return `${block} on ${support ?? "the table"}`;
    return support === undefined ? `${block}在桌上` : `${block}在${support}上`;
  };
  const facts = stacks.flatMap((stack) => [...stack].map((block, i) => on(block, stack[i - 1])));
  const told = random.chance(0.5) ? facts : random.shuffle(facts);
  return told.join(language === "en" ? ", " : "，");
}

export const blocksPhrasings = phrasingsFrom<Puzzle, Wording>(WORDINGS, (wording, language) => {
  const forms = { plan: template(wording.plan), least: template(wording.least) };
  return {
    templates: Object.values(forms),
    render: ({ ask, most, start, goal }, random) => {
      const style = random.split("style");
      const stacks = (text: Stacks) => tellStacks(text, style.split(0));
      const supports = (text: Stacks) => tellSupports(text, language, style.split(text.join(" ")));
      const [first, second] = blocksOf(start) as [string, string];
      const moves = [
        { block: first, onto: second },
        { block: first, onto: undefined },
      ].map((move) => writeMove(move, language));
      const gap = language === "en" ? ", " : "、";
      return forms[ask].render(
        {
          ...{ start: stacks(start), goal: stacks(goal), from: supports(start), to: supports(goal), most: `${most}` },
          ...{ forms: moves.join(gap), turned: moves.toReversed().join(gap) },
        },
        random,
      );
    },
  };
});

const BLOCK = "(?<![A-Za-z])[A-Z](?![A-Za-z])";
const STACK = `(?:[[(]\\s*)?${BLOCK}(?:\\s*[-, ]\\s*${BLOCK})*(?:\\s*[\\])])?`;
const STACKS = `${STACK}(?:\\s*[,|;]?\\s*${STACK})*`;
const SUPPORT = `${BLOCK} ?(?:is )?(?:on (?:the table|top of ${BLOCK}|${BLOCK})|在(?:桌子?上|${BLOCK} ?上面?))`;
const SUPPORTS = `${SUPPORT}(?:(?:, ?|; ?|，|；|、| and |, and )${SUPPORT})*`;
const FORMS = "[A-Z]>(?:[A-Z]|table|桌)(?![A-Za-z])(?:, |、)[A-Z]>(?:[A-Z]|table|桌)(?![A-Za-z])";

/** Brackets, bars and hyphens tell where a stack ends. */
function readStacks(text: string): Stacks {
  const parts = /[[(]/.test(text) ? text.split(/[\])]/) : text.includes("|") ? text.split("|") : text.split(/,/);
  return parts.map((part) => part.replace(/[^A-Z]/g, "")).filter((stack) => stack !== "");
}

/** The stacks that supports add up to; undefined where they are no stacks. */
function readSupports(text: string): Stacks | undefined {
  const below = new Map<string, string>();
  for (const [, block, support] of text.matchAll(/([A-Z]) ?(?:is )?(?:on (?:top of )?|在)(the table|桌|[A-Z])/gu)) {
    if (below.has(block!)) return undefined;
    below.set(block!, support!);
  }
  const grow = (stack: string): string => {
    const above = [...below].filter(([, support]) => support === stack.at(-1)).map(([block]) => block);
    return above.length === 0 || stack.length > below.size ? stack : grow(stack + above[0]);
  };
  const stacks = [...below]
    .filter(([, support]) => support.length > 1 || support === "桌")
    .map(([block]) => grow(block));
  return stacks.join("").length === below.size ? stacks : undefined;
}

/** Further forms that people type, for reading alone. */
const TYPED: readonly (readonly [text: string, ask: Ask])[] = [
  ["[Blocks|Start|Now]: {from}. [Goal|Target|Wanted]: {to}. [Plan|Give a plan|How]?", "plan"],
  [
    "[Blocks|Start|Now]: {from}. [Goal|Target|Wanted]: {to}. [How many moves|Fewest moves|Least number of moves]?",
    "least",
  ],
  ["[积木|开始|现在]：{from}。[目标|要求]：{to}。[怎么移|求方案|方案]？", "plan"],
  ["[积木|开始|现在]：{from}。[目标|要求]：{to}。[最少几步|最少移几次]？", "least"],
];

let read: Matcher<Ask> | undefined;

/** Reads a puzzle; undefined where a text asks for no rearrangement of blocks. */
export function readPuzzle(question: string): Puzzle | undefined {
  const text = questionText(question);
  if (text === undefined || !/[A-Z]/.test(text)) return undefined;
  read ??= matcher(
    [
      ...(["en", "zh"] as const).flatMap((language) =>
        [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((wording) =>
          (["plan", "least"] as const).map((ask) => [wording[ask], ask] as const),
        ),
      ),
      ...TYPED,
    ].map(([form, ask]) => [template(form), ask] as const),
    { start: STACKS, goal: STACKS, from: SUPPORTS, to: SUPPORTS, most: "\\d{1,2}", ...{ forms: FORMS, turned: FORMS } },
  );
  const found = read(text);
  if (found === undefined) return undefined;
  const { start, goal, from, to, most } = found.slots;
  const stacks = [start, goal].map((side) => (side === undefined ? undefined : readStacks(side)));
  const [before, after] = from === undefined ? stacks : [from, to!].map(readSupports);
  if (before === undefined || after === undefined) return undefined;
  const asked = { ask: found.tag, ...(most === undefined ? {} : { most: Number(most) }) };
  const puzzle = { ...asked, start: ordered(before), goal: ordered(after) };
  return isPuzzle(puzzle) ? puzzle : undefined;
}
