// Graph colouring as questions, and back. Owns how pairs and givens are spelled and how any text with them is read; the wordings stand in
// english.ts and chinese.ts.

import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { completions, lettersOf, type Problem } from "./problem.ts";

/** The wordings of the family, by language. */
export const colouringPhrasings = phrasingsFrom<Problem, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  return {
    templates: [form],
    render({ pairs, colours, given }, random) {
      const between = random.pick(language === "en" ? [", ", ", ", "; "] : ["，", "、", ", "]);
      const comma = language === "en" ? ", " : "，";
      const slots = {
        pairs: pairs.map((pair) => pair.join("-")).join(between),
        given: [...given].map(([letter, colour]) => `${letter}=${colour}`).join(comma),
        k: `${colours}`,
      };
      return form.render(slots, random);
    },
  };
});

const LONGEST = 800;
const PAIR = /(?<![A-Za-z-])([A-Z])\s?[-–]\s?([A-Z])(?![A-Za-z-])/g;
const GIVEN = /(?<![A-Za-z-])([A-Z])\s?=\s?(\d)(?!\d|\.\d)/g;
const NUMBERS = ["two", "three", "four", "five"];
const COLOURS =
  /([2-5]|\b(?:two|three|four|five))\s+(?:time )?(?:colou?rs|tints|cupboards|frequencies|slots|rooms|tables|cages|days|gates)\b|([2-5])\s*(?:种颜色|种色调|个柜子|个频率|个时段|间会议室|张桌子|个笼子|天|个登机口)/i;
const MOST_LETTERS = 12;

/** Reads a graph with a number of colours and colours given; undefined where a text has none, or no colouring exists. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const [, english, chinese] = COLOURS.exec(question) ?? [];
  const told = (english ?? chinese ?? "").toLowerCase();
  if (told === "") return undefined;
  const pairs = [...question.matchAll(PAIR)].map(([, a, b]) => [a!, b!] as const);
  if (pairs.length < 2 || pairs.some(([a, b]) => a === b)) return undefined;
  const letters = lettersOf({ pairs });
  const given = new Map([...question.matchAll(GIVEN)].map(([, letter, colour]) => [letter!, Number(colour)]));
  const colours = NUMBERS.includes(told) ? NUMBERS.indexOf(told) + 2 : Number(told);
  const isFit = [...given].every(([letter, colour]) => letters.includes(letter) && colour >= 1 && colour <= colours);
  if (!isFit || letters.length > MOST_LETTERS || given.size === letters.length) return undefined;
  const problem: Problem = { pairs, colours, given };
  return completions(problem, 1).length === 1 ? problem : undefined;
}
