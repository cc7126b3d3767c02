// Problems of automata as questions, and back. Owns how transitions are written (arrows, a function's values, a table) and read; the
// wordings stand in english.ts and chinese.ts. People's own forms are read by their key words.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import type { Ask, Automaton } from "./automaton.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { readExpression, writeExpression } from "./expression.ts";
import { ASKS, type Problem } from "./problem.ts";

const WORDINGS = { en: ENGLISH, zh: CHINESE };

type Move = readonly [from: string, letter: string, to: string];

const STYLES: readonly ((moves: readonly Move[], random: Random) => string)[] = [
  (moves, random) => moves.map(([from, letter, to]) => `${from} -${letter}-> ${to}`).join(random.pick([", ", "\n"])),
  (moves) => moves.map(([from, letter, to]) => `δ(${from},${letter})=${to}`).join(", "),
  (moves, random) => moves.map(([from, letter, to]) => `(${from},${letter})->${to}`).join(random.pick([", ", "; "])),
];

function writeMoves({ states, letters, next }: Automaton, random: Random): string {
  if (random.chance(0.4)) {
    const rows = states.map((state, i) => [state, ...next[i]!].join(" | "));
    return [["state", ...letters].join(" | "), ...rows].join("\n");
  }
  const moves = states.flatMap((state, i) => letters.map((letter, j): Move => [state, letter, next[i]![j]!]));
  return random.pick(STYLES)(moves, random);
}

function quoted(text: string, language: Language, random: Random): string {
  const [open, close] = random.pick(language === "en" ? ['""', '""', "``", "''"] : ['""', "“”", "“”", "``"]);
  return `${open}${text}${close}`;
}

export const automatonPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language) => {
    const templates = wording.map(template);
    return {
      templates,
      render(problem, random) {
        const word = quoted(problem.word, language, random);
        const slots = { word };
        const form = templates[ASKS.indexOf(problem.ask)]!;
        if (problem.ask === "match")
          return form.render({ ...slots, regex: `\`${writeExpression(problem.tree)}\`` }, random);
        const list = problem.accepting.join(language === "en" ? ", " : random.pick(["、", "和"]));
        const accepting = random.chance(0.3) ? `{${problem.accepting.join(", ")}}` : list;
        return form.render({ ...slots, start: problem.start, accepting, moves: writeMoves(problem, random) }, random);
      },
    };
  },
);

const STATE = "[A-Za-z]_?\\d?";
const LIST = `\\{?\\s*${STATE}(?:\\s*(?:,|，|、|和|and)\\s*${STATE}){0,5}\\s*\\}?`;
const WORD = "[\"'`“‘][a-z0-9]{1,16}[\"'`”’]";
const REGEX = "[\"'`“/][a-z0-9()|*+?[\\]]{2,40}[\"'`”/]";
/** Stands for the transitions in the text beside them. */
const MARK = "\u{E000}";

const read = matcher(
  (["en", "zh"] as const).flatMap((language) =>
    [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((wording) =>
      wording.map((text, i) => [template(text), ASKS[i]!] as const),
    ),
  ),
  { moves: MARK, start: STATE, accepting: LIST, word: WORD, regex: REGEX },
);

const LONGEST = 900;
const NAME = "(?<![A-Za-z0-9])[A-Za-z]_?\\d?(?![A-Za-z0-9])";
const MOVES = [
  `(${NAME}) ?-{1,2} ?([a-z0-9]) ?-{1,2}> ?(${NAME})`,
  `(?:δ|delta|d|f)? ?\\( ?(${NAME}) ?, ?([a-z0-9]) ?\\) ?(?:=|->) ?(${NAME})`,
  `(${NAME}) ?[, ] ?([a-z0-9]) ?-> ?(${NAME})`,
];

/** The transitions in a text and where they stand; undefined where there is no complete automaton. */
function readMoves(text: string): { rows: Pick<Automaton, "states" | "letters" | "next">; rest: string } | undefined {
  const table = readTable(text);
  if (table !== undefined) return table;
  for (const form of MOVES) {
    const found = [...text.matchAll(new RegExp(form, "gu"))];
    if (found.length < 2 || found.length > 30) continue;
    const moves = found.map((match) => match.slice(1, 4) as unknown as Move);
    const rows = fromMoves(moves);
    const [first, last] = [found[0]!, found.at(-1)!];
    if (rows === undefined) return undefined;
    return { rows, rest: text.slice(0, first.index) + MARK + text.slice(last.index + last[0].length) };
  }
  return undefined;
}

function fromMoves(moves: readonly Move[]): Pick<Automaton, "states" | "letters" | "next"> | undefined {
  const states = [...new Set(moves.map(([from]) => from))];
  const letters = [...new Set(moves.map(([, letter]) => letter))];
  const targets = new Map(moves.map(([from, letter, to]) => [`${from} ${letter}`, to]));
  const isWhole = targets.size === moves.length && moves.length === states.length * letters.length;
  if (!isWhole || !moves.every(([, , to]) => states.includes(to))) return undefined;
  return { states, letters, next: states.map((state) => letters.map((letter) => targets.get(`${state} ${letter}`)!)) };
}

/** A table has its letters on top and a row for each state; a line of dashes may stand between. */
function readTable(text: string): ReturnType<typeof readMoves> {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => /\|.*[a-z0-9]/.test(line));
  if (first < 0) return undefined;
  let last = first;
  while (last + 1 < lines.length && lines[last + 1]!.includes("|")) last++;
  const cells = lines
    .slice(first, last + 1)
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .replace(/^\s*\|(?=.*\|.*\|)/, "")
        .replace(/\|\s*$/, "")
        .split("|")
        .map((cell) => cell.trim()),
    );
  const [head = [], ...rows] = cells;
  const letters = head.slice(1);
  const isTable =
    rows.length > 1 &&
    letters.length > 0 &&
    letters.every((letter) => /^[a-z0-9]$/.test(letter)) &&
    rows.every((row) => row.length === head.length && row.every((cell) => new RegExp(`^${STATE}$`).test(cell)));
  if (!isTable) return undefined;
  const found = fromMoves(rows.flatMap(([from, ...to]) => to.map((state, i): Move => [from!, letters[i]!, state])));
  if (found === undefined) return undefined;
  return { rows: found, rest: [...lines.slice(0, first), MARK, ...lines.slice(last + 1)].join("\n") };
}

const statesIn = (text: string): string[] => text.replace(/\band\b/g, ",").match(new RegExp(NAME, "g")) ?? [];

const START = new RegExp(`(?:start|initial|begin|初始|初态|开始|起始|从)[^.;，。\n]{0,20}?(${NAME})`, "iu");
const ACCEPTING = new RegExp(
  `(?:accept|final|接受|终态)[^.;，。\n?？]{0,24}?(${NAME}(?:\\s*(?:,|、|和|and)\\s*${NAME})*)`,
  "iu",
);
const ASKS_STATE =
  /(?:which|what) (?:is the )?(?:\w+ )?state|where (?:does|do|will|is)|end state|哪个状态|停在哪|什么状态/i;
const ASKS_ACCEPT = /accepts?\b[^:]*\?|accepted|recogni[sz]e|belongs? to|接受.*吗|是否/i;
const ASKS_MATCH = /match|regex|regular expression|正则|匹配/i;

/** Questions in people's own words: start and accepting states behind their names, the word in quotes or last. */
function readFree(rest: string): { ask: Ask; start: string; accepting: string[]; word: string } | undefined {
  const start = START.exec(rest)?.[1];
  const word =
    new RegExp(WORD).exec(rest)?.[0].slice(1, -1) ??
    /(?:word|input|string|reading|读入?|输入) ?:? ?([a-z0-9]{1,16})(?![a-z0-9])/i.exec(rest)?.[1];
  const accepting = statesIn(ACCEPTING.exec(rest)?.[1] ?? "");
  const ask = ASKS_STATE.test(rest) ? "state" : ASKS_ACCEPT.test(rest) ? "accept" : undefined;
  if (start === undefined || word === undefined || ask === undefined) return undefined;
  return ask === "accept" && accepting.length === 0 ? undefined : { ask, start, accepting, word };
}

/** Reads a problem; undefined where a text has no automaton with a word, nor a regular expression with one. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const text = question
    .replaceAll("→", "->")
    .replace(/[−–]/g, "-")
    .replace(/[^\S\n]+/g, " ");
  const moves = readMoves(text);
  if (moves === undefined) return readMatch(text);
  const found = read(moves.rest);
  const bare = (slot: string | undefined) => slot?.slice(1, -1) ?? "";
  const said =
    found === undefined || found.tag === "match"
      ? readFree(moves.rest)
      : {
          ask: found.tag,
          start: found.slots.start!,
          accepting: statesIn(found.slots.accepting!),
          word: bare(found.slots.word),
        };
  if (said === undefined) return undefined;
  const { states, letters } = moves.rows;
  const isWhole = [said.start, ...said.accepting].every((state) => states.includes(state));
  return isWhole && states.length <= 8 && [...said.word].every((letter) => letters.includes(letter))
    ? { ...moves.rows, ...said, accepting: states.filter((state) => said.accepting.includes(state)) }
    : undefined;
}

function readMatch(text: string): Problem | undefined {
  const found = read(text);
  const isMatch = found?.tag === "match";
  if (!isMatch && !ASKS_MATCH.test(text)) return undefined;
  const regex = isMatch ? found.slots.regex : text.match(new RegExp(REGEX, "gu"))?.find((part) => /[*+?|]/.test(part));
  const word = isMatch ? found.slots.word : text.match(new RegExp(WORD, "gu"))?.find((part) => !regex?.includes(part));
  const tree = regex === undefined ? undefined : readExpression(regex.slice(1, -1));
  if (tree === undefined || word === undefined) return undefined;
  return { ask: "match", tree, word: word.slice(1, -1) };
}
