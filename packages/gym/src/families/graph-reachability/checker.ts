// The checker of graph problems: judges lines and answers of a problem read from a question. Owns what each line claims; must not know wordings.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { readNodes } from "../../node-list.ts";
import { distance, distances, isEdge, nextOf, type Problem } from "./graph.ts";
import { search, writeWay } from "./trace.ts";

const LIST = /^([A-Z])\[([A-Z](?:,\s*[A-Z])*)?\]$/;
const WAY = /^[A-Z](?:-[A-Z])*$/;

const readWay = (text: string): string[] | undefined => (WAY.test(text) ? text.split("-") : undefined);

/** Whether a way starts where the question does and has an edge between each two nodes. */
function wayError(problem: Problem, way: readonly string[]): Record<string, string> | undefined {
  if (way[0] !== problem.from) return { start: problem.from };
  const gap = way.findIndex((node, i) => i > 0 && !isEdge(problem, way[i - 1]!, node));
  return gap < 0 ? undefined : { "no edge": `${way[gap - 1]}-${way[gap]}` };
}

/** Whether two lists have the same entries in the same order. */
const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((x, i) => x === b[i]);

/** An edge's line: it is told, and each list holds just what the edges up to it join to its end. */
function judgeEdge(problem: Problem, [a, b]: readonly string[], body: string): Verdict | undefined {
  const at = problem.edges.findIndex(([x, y]) => (x === a && y === b) || (!problem.directed && x === b && y === a));
  if (at < 0) return refuted({ "no edge": `${a}-${b}` });
  const told = { edges: problem.edges.slice(0, at + 1), directed: problem.directed };
  for (const text of body.split(/,\s*(?![^[]*\])/)) {
    const list = LIST.exec(text.trim());
    if (list === null) return undefined;
    const expected = nextOf(told, list[1]!);
    const given = (list[2] ?? "").split(/,\s*/).filter((node) => node !== "");
    if (!same([...given].sort(), [...expected].sort())) return refuted({ [list[1]!]: expected.join(",") });
  }
  return proved("enumeration");
}

/** A way's visit: what lies next to its end, and the ways that are new, as the search has them. */
function judgeVisit(problem: Problem, way: readonly string[], body: string): Verdict | undefined {
  const [first = "", second = ""] = body.split(/;\s*/);
  const list = LIST.exec(first.trim());
  if (list === null || list[1] !== way.at(-1)) return undefined;
  const error = wayError(problem, way);
  if (error !== undefined) return refuted(error);
  const next = nextOf(problem, list[1]!);
  const given = (list[2] ?? "").split(/,\s*/).filter((node) => node !== "");
  if (!same([...given].sort(), [...next].sort())) return refuted({ [list[1]!]: next.join(",") });
  const visit = search(problem).visits.find((known) => writeWay(known.way) === writeWay(way));
  if (visit === undefined) return unknown("undecided");
  const expected = visit.next.map((node, i) =>
    visit.ways[i] === undefined ? `${node} seen` : writeWay(visit.ways[i]),
  );
  const said = second.split(/,\s*/).map((text) => text.trim());
  if (said.join() === "none" && expected.length === 0) return proved("enumeration");
  if (same([...said].sort(), [...expected].sort())) return proved("enumeration");
  return refuted({ expected: expected.join(", ") || "none" });
}

/** `queue: …`: the ways that wait after the visits so far. */
function judgeQueue(problem: Problem, body: string, { steps }: StepContext): TaskVerdict | undefined {
  const ways = body === "none" ? [] : body.split(/,\s*/).map(readWay);
  if (ways.includes(undefined)) return undefined;
  const { visits } = search(problem);
  const last = steps.findLast((step) => isVisit(step) && step.verdict.verdict === "proved");
  const visit = last === undefined ? undefined : visits.find(({ way }) => writeWay(way) === last.label);
  const expected = (visit?.queue ?? [[problem.from]]).map(writeWay);
  const right = same(expected, (ways as string[][]).map(writeWay));
  const verdict = right ? proved("enumeration") : refuted({ queue: expected.join(", ") || "none" });
  return { ...verdict, from: [last?.index ?? -1] };
}

const isVisit = ({ label = "", body }: StepLine) => WAY.test(label) && body.includes("]") && body.includes(";");

function judgeFound(problem: Problem, body: string): Verdict | undefined {
  const shortest = distance(problem);
  if (body === "none")
    return shortest === undefined ? proved("enumeration") : refuted({ way: writeWay(search(problem).found!) });
  const way = readWay(body);
  return way === undefined ? undefined : judgeWay(problem, way);
}

/** A shortest way from the start to the goal. */
function judgeWay(problem: Problem, way: readonly string[]): Verdict {
  const error = wayError(problem, way);
  if (error !== undefined) return refuted(error);
  if (way.at(-1) !== problem.to) return refuted({ end: problem.to });
  const shortest = distance(problem)!;
  return way.length - 1 === shortest ? proved("enumeration") : refuted({ shorter: writeWay(search(problem).found!) });
}

/** `length: A=0, B=1`: distances from the start. */
function judgeLengths(problem: Problem, body: string): Verdict | undefined {
  const known = distances(problem, problem.from);
  for (const text of body.split(/,\s*/)) {
    const said = /^([A-Z])\s*=\s*(-?\d+)$/.exec(text.trim());
    if (said === null) return undefined;
    if (known.get(said[1]!) !== Number(said[2]))
      return refuted({ [said[1]!]: `${known.get(said[1]!) ?? "not reached"}` });
  }
  return proved("enumeration");
}

function checkStep(problem: Problem, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return undefined;
  if (label === "queue") return judgeQueue(problem, body, context);
  const { steps } = context;
  const lastOf = (is: (step: StepLine) => boolean) => [steps.findLast(is)?.index ?? -1];
  const linked = (verdict: Verdict | undefined, from: number[]): TaskVerdict | undefined =>
    verdict === undefined ? undefined : { ...verdict, from };
  if (label === "found")
    return linked(
      judgeFound(problem, body),
      lastOf((step) => isVisit(step) || step.label === "queue"),
    );
  if (label === "length")
    return linked(
      judgeLengths(problem, body),
      lastOf((step) => step.label === "found"),
    );
  const way = readWay(label);
  if (way === undefined) return undefined;
  if (!body.includes(";")) return way.length === 2 ? linked(judgeEdge(problem, way, body), [-1]) : undefined;
  const list = steps.findLast((step) => !isVisit(step) && step.body.includes(`${way.at(-1)}[`));
  const queue = steps.findLast((step) => step.label === "queue");
  return linked(judgeVisit(problem, way, body), [...new Set([list?.index ?? -1, queue?.index ?? -1])]);
}

const YES = /^(?:yes|reachable|可以|能|是)$/i;
const NO = /^(?:no|unreachable|not reachable|不可以|不能|否)$/i;

function checkAnswer(problem: Problem, answer: string): Verdict {
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\(?:to|rightarrow)\b/g, "-")
    .replace(/\\[,; ]/g, " ")
    .replace(/[.。\s]+$/, "")
    .trim();
  const shortest = distance(problem);
  if (problem.task === "reachable") {
    const said = YES.test(text) ? true : NO.test(text) ? false : undefined;
    if (said === undefined) return unknown("unparsed");
    if (said === (shortest !== undefined)) return proved("enumeration");
    return refuted({ way: shortest === undefined ? "none" : writeWay(search(problem).found!) });
  }
  if (problem.task === "length") {
    if (!/^\d{1,3}$/.test(text)) return unknown("unparsed");
    if (Number(text) === shortest) return proved("enumeration");
    return refuted({ way: shortest === undefined ? "none" : writeWay(search(problem).found!) });
  }
  const nodes = readNodes(answer);
  return nodes === undefined ? unknown("unparsed") : judgeWay(problem, nodes);
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "graph-reachability",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
