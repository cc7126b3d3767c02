// Jug puzzles as questions, and back. Owns rendering a puzzle in a wording and reading a question; the wordings stand in english.ts and
// chinese.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { isPuzzle, type Puzzle, writeMove } from "./jugs.ts";

/** One way to tell and ask: the jugs with a tap or with one that is full, then what is asked of each. */
export interface JugWords {
  readonly tap: string;
  readonly full: string;
  readonly plan: string;
  readonly pour: string;
  readonly least: string;
  readonly leastPours: string;
}

/** The four kinds of questions of a wording. */
type Kind = Pick<Puzzle, "ask" | "tap">;

const forms = (words: JugWords, language: Language): (readonly [text: string, kind: Kind])[] => {
  const gap = language === "en" ? " " : "";
  return [
    [words.tap + gap + words.plan, { ask: "plan", tap: true }],
    [words.tap + gap + words.least, { ask: "least", tap: true }],
    [words.full + gap + words.pour, { ask: "plan", tap: false }],
    [words.full + gap + words.leastPours, { ask: "least", tap: false }],
  ];
};

const WORDINGS: Readonly<Record<Language, Wordings<JugWords>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};

const UNITS = { en: ["liter", "liter", "litre", "gallon", "cup", "pint"], zh: ["升", "升", "两", "斤", "杯"] } as const;
const VESSELS = {
  en: ["jug", "jug", "bucket", "pitcher", "jar", "can"],
  zh: ["水壶", "水桶", "瓶子", "罐子", "桶"],
} as const;

/** How moves are written, shown with the puzzle's own jugs. */
function exampleMoves({ tap, sizes }: Puzzle, language: Language): string {
  const [first, second] = [0, 1];
  const write = (move: Parameters<typeof writeMove>[0]) => writeMove(move, sizes, language);
  const gap = language === "en" ? ", " : "、";
  if (!tap) return [write({ from: first, to: second }), write({ from: second, to: 2 })].join(gap);
  return [write({ fill: first }), write({ empty: second }), write({ from: first, to: second })].join(gap);
}

export const jugPhrasings = phrasingsFrom<Puzzle, JugWords>(WORDINGS, (words, language) => {
  const templates = forms(words, language).map(([text, kind]) => ({ kind, form: template(text) }));
  return {
    templates: templates.map(({ form }) => form),
    render(puzzle, random) {
      const [p, q, r] = puzzle.sizes.map(String);
      const [unit, vessel] = [random.pick<string>(UNITS[language]), random.pick<string>(VESSELS[language])];
      const vessels = `${vessel}s`;
      const { form } = templates.find(({ kind }) => kind.ask === puzzle.ask && kind.tap === puzzle.tap)!;
      const text = form.render(
        {
          ...{ p: p!, q: q!, r: r ?? "", t: `${puzzle.target}` },
          amount: `${puzzle.target} ${unit}${puzzle.target === 1 ? "" : "s"}`,
          ...{ unit, units: `${unit}s`, vessel, vessels, Vessels: vessels[0]!.toUpperCase() + vessels.slice(1) },
          forms: exampleMoves(puzzle, language),
        },
        random,
      );
      return text.replace(/\ba (?=(?:8|11|18)-)/g, "an ");
    },
  };
});

/** Further forms that people type, for reading alone. */
const TYPED: readonly (readonly [text: string, kind: Kind])[] = [
  [
    "[have|have only|got] [a |]{p}[-| ]{unit} [{vessel} |]and [a |]{q}[-| ]{unit} {vessel}. How [do I|can I|do you|can you|to] [measure|get|obtain] [exactly |]{amount}",
    { ask: "plan", tap: true },
  ],
  [
    "[{vessel}|{vessels}] of {p} and {q} [{unit}|{units}], [a tap, |]how to [measure|get|obtain] [exactly |]{amount}",
    { ask: "plan", tap: true },
  ],
  [
    "[{vessel}|{vessels}] of {p} and {q} [{unit}|{units}], [a tap, |]fewest [moves|steps] to [measure|get|obtain] [exactly |]{amount}",
    { ask: "least", tap: true },
  ],
  [
    "{p}{unit}[的|]{vessel}和{q}{unit}[的|]{vessel}，[怎么|怎样|如何][量出|得到|取]{t}{unit}",
    { ask: "plan", tap: true },
  ],
  [
    "{p}{unit}[的|]{vessel}和{q}{unit}[的|]{vessel}，[最少几步|至少几步][量出|得到|取]{t}{unit}",
    { ask: "least", tap: true },
  ],
];

const NUMBER = "\\d{1,3}";
const SLOTS = {
  ...{ p: NUMBER, q: NUMBER, r: NUMBER, t: NUMBER },
  unit: "lit(?:er|re)s?|gallons?|cups?|pints?|quarts?|升|公升|加仑|两|斤|杯",
  amount: "\\d{1,3} (?:lit(?:er|re)s?|gallons?|cups?|pints?|quarts?)",
  units: "lit(?:er|re)s?|gallons?|cups?|pints?|quarts?",
  vessel: "jugs?|buckets?|pitchers?|jars?|cans?|bottles?|水壶|水桶|瓶子|罐子|桶|壶|瓶|罐",
  vessels: "jugs?|buckets?|pitchers?|jars?|cans?|bottles?",
  Vessels: "jugs?|buckets?|pitchers?|jars?|cans?|bottles?",
  forms:
    "(?:(?:fill |empty |装满|倒空)\\d{1,3}|\\d{1,3}>\\d{1,3})(?:(?:, ?|、)(?:(?:fill |empty |装满|倒空)\\d{1,3}|\\d{1,3}>\\d{1,3}))*",
};

let read: Matcher<Kind> | undefined;

/** Reads a puzzle; undefined where a text asks for no amount in a jug. */
export function readPuzzle(question: string): Puzzle | undefined {
  const text = questionText(question)?.replace(/\ban (?=8|11|18)/gi, "a ");
  if (text === undefined || !/\d\D+\d+\D+\d/.test(text)) return undefined;
  read ??= matcher(
    [
      ...(["en", "zh"] as const).flatMap((language) =>
        [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((words) => forms(words, language)),
      ),
      ...TYPED,
    ].map(([text, kind]) => [template(text), kind] as const),
    SLOTS,
  );
  const found = read(text);
  if (found === undefined) return undefined;
  const { p, q, r, t, amount } = found.slots;
  const sizes = [p, q, ...(r === undefined ? [] : [r])].map(Number);
  const puzzle = { ...found.tag, sizes, target: Number.parseInt(t ?? amount!, 10) };
  return isPuzzle(puzzle) ? puzzle : undefined;
}
