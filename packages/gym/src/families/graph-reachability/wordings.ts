// Graph problems as questions, and back. Owns rendering a problem in a wording and reading any question; the wordings stand in english.ts and
// chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { GRAPHS_ZH, HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { GRAPHS_EN, HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { nodesOf, type Problem, type Task } from "./graph.ts";

/** One way to ask, for each task. */
export type Wording = Readonly<Record<Task, string>>;

/** Names of graphs, each undirected and directed. */
export interface GraphWords {
  readonly trained: readonly (readonly [string, string])[];
  readonly heldOut: readonly (readonly [string, string])[];
}

const TASKS: readonly Task[] = ["reachable", "length", "path"];
const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};
const GRAPHS: Readonly<Record<Language, GraphWords>> = { en: GRAPHS_EN, zh: GRAPHS_ZH };

/** How one edge is written; pairs in brackets leave the direction to the words. */
const EDGES = {
  undirected: ["{a}-{b}", "{a}-{b}", "{a}--{b}", "({a},{b})"],
  directed: ["{a}->{b}", "{a}->{b}", "{a}→{b}", "({a},{b})"],
};

function writeEdges({ edges, directed }: Problem, language: Language, random: Random): string {
  const form = random.pick(directed ? EDGES.directed : EDGES.undirected);
  const between = random.pick(language === "en" ? [", ", ", ", "; ", " "] : ["，", "、", "；", ", "]);
  return edges.map(([a, b]) => form.replace("{a}", a).replace("{b}", b)).join(between);
}

export const graphPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const held = WORDINGS[language].heldOut.indexOf(wording);
    const { trained, heldOut } = GRAPHS[language];
    const templates = TASKS.map((task) => template(wording[task]));
    return {
      templates: [...templates, ...(held < 0 ? trained : [heldOut[held]!]).flat().map(template)],
      render(problem, random) {
        const names = held < 0 ? random.pick(trained) : heldOut[held]!;
        const graph = names[problem.directed ? 1 : 0]!.replace("{e}", writeEdges(problem, language, random));
        const { from, to } = problem;
        const text = templates[TASKS.indexOf(problem.task)]!.render({ graph, from, to }, random);
        return text
          .replace(/There (?:is|are) (?=an? |the )/, "There is ")
          .replace(/there (?:is|are) (?=an? |the )/, "there is ")
          .replace(/\b([Tt])here is (?!an? |the )/, "$1here are ")
          .replace(/(?<=^|[.?] )\p{Ll}/gu, (letter) => letter.toUpperCase());
      },
    };
  },
);

const NODE = "(?<![A-Za-z])[A-Z](?![A-Za-z])";
const EDGE = `(?:${NODE}\\s*(?:->|→|--|-)\\s*${NODE}|[({]\\s*${NODE}\\s*[,，]\\s*${NODE}\\s*[)}])`;
const EDGE_LIST = new RegExp(`${EDGE}(?:[\\s,;，；、]*${EDGE})*`, "gu");
/** Stands for the edges in the text beside them. */
const MARK = "\u{E000}";

const MATCHERS = Object.fromEntries(
  (["en", "zh"] as const).map((language) => {
    const { heldOut, trained } = WORDINGS[language];
    const entries = [...heldOut, ...trained].flatMap((wording) =>
      TASKS.map((task) => [template(wording[task]), task] as const),
    );
    const slots = {
      graph: `[^.?。？]{0,40}${MARK}[^.?。？]{0,40}?`,
      from: "\\b[A-Z]\\b|[A-Z]",
      to: "\\b[A-Z]\\b|[A-Z]",
    };
    return [language, matcher(entries, slots)];
  }),
) as Readonly<Record<Language, ReturnType<typeof matcher<Task>>>>;

const LONGEST = 800;
const MOST_NODES = 10;
const DIRECTED = /(?<!un)directed|one[- ]way|arrow|forwards only|only run forth|有向|单向|只许向前|只可一边|不可往返/i;

/** Reads a problem; undefined where a text asks for no way in a graph. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const text = question.replace(/[−–]/g, "-");
  const lists = [...text.matchAll(EDGE_LIST)].sort((a, b) => b[0].length - a[0].length);
  const list = lists[0];
  if (list === undefined) return undefined;
  const rest = text.slice(0, list.index) + MARK + text.slice(list.index + list[0].length);
  const language = /\p{Script=Han}/u.test(rest) ? "zh" : "en";
  const matched = MATCHERS[language](rest);
  if (matched === undefined) return undefined;
  const edges = [...list[0].matchAll(new RegExp(EDGE, "gu"))].map(([edge]) => edge.match(/[A-Z]/g) as [string, string]);
  const [from, to] = [matched.slots.from!.toUpperCase(), matched.slots.to!.toUpperCase()];
  const problem = { task: matched.tag, directed: /->|→/.test(list[0]) || DIRECTED.test(rest), edges, from, to };
  const isGraph = edges.length >= 2 && edges.every(([a, b]) => a !== b) && from !== to;
  return isGraph && nodesOf(problem).length <= MOST_NODES ? problem : undefined;
}
