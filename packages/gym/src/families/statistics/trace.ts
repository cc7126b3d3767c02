// The reasoning of statistics, and the judging of its lines. Owns their form; must not know wordings.
//
//   2: 12+7=19            of two numbers, then of three: the running sum
//   3: 19+8=27
//   mean: 27/3=9
//   2: 7<12               two numbers in order, then three: each is put into its place
//   3: 7<8<12
//   place: (3+1)/2=4/2=2
//   7: 1+1=2              a value that stands twice, for the mode
//   2>1                   the counts in order: the largest is the mode's

import { equivalent, proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { divisorStep } from "../../divisor-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { show } from "../fractions/problem.ts";
import { reduced } from "../fractions/trace.ts";
import { answerOf, frequencies, type Statistics, sorted, sum } from "./problem.ts";

/** The running sums; the label says of how many numbers. */
function sums(values: readonly number[]): string[] {
  return values.slice(1).flatMap((value, i) => writtenSum(sum(values.slice(0, i + 1)), "+", value, String(i + 2)));
}

/** `3<5=5<8`: numbers in order. */
const chain = (values: readonly number[]): string =>
  sorted(values).reduce(
    (text, value, i, all) => (i === 0 ? `${value}` : `${text}${all[i - 1] === value ? "=" : "<"}${value}`),
    "",
  );

const orders = (values: readonly number[]): string[] =>
  values.slice(1).map((_, i) => `${i + 2}: ${chain(values.slice(0, i + 2))}`);

/** over/under with the label: divided where it is whole, else in lowest terms. */
function quotient(over: number, under: number, label: string): string[] {
  const lines: string[] = [];
  if (over % under === 0) lines.push(...writtenQuotient(over, under));
  else {
    const [p] = reduced(lines, [over, under]);
    if (p === over) return lines;
  }
  lines.push(`${label}: ${lines.pop()}`);
  return lines;
}

/** The steps of a problem, a line each. */
export function trace({ kind, values, counts, mean }: Statistics): string[] {
  const n = values.length;
  const order = sorted(values);
  switch (kind) {
    case "mean":
      return [...sums(values), ...quotient(sum(values), n, "mean")];
    case "range":
      return [...orders(values), ...writtenSum(order.at(-1)!, "-", order[0]!, "range")];
    case "median": {
      const lines = orders(values);
      if (n % 2 === 1) return [...lines, `place: (${n}+1)/2=${n + 1}/2=${(n + 1) / 2}`];
      const [low, high] = [order[n / 2 - 1]!, order[n / 2]!];
      const whole = low + high;
      lines.push(`place: ${n}/2=${n / 2}`, `${n / 2}+1=${n / 2 + 1}`, ...writtenSum(low, "+", high));
      return whole % 2 === 0 ? [...lines, ...quotient(whole, 2, "median")] : lines;
    }
    case "mode": {
      const several = [...frequencies(values)].filter(([, times]) => times > 1);
      const times = [...new Set(frequencies(values).values())].sort((a, b) => b - a);
      const lines = several.map(([value, often]) => `${value}: ${Array(often).fill("1").join("+")}=${often}`);
      return [...orders(values), ...lines, times.join(">")];
    }
    case "weighted": {
      const products = values.map((value, i) => value * counts![i]!);
      const running = (numbers: readonly number[], label: string) =>
        numbers
          .slice(1)
          .flatMap((number, i) =>
            writtenSum(sum(numbers.slice(0, i + 1)), "+", number, i === numbers.length - 2 ? label : ""),
          );
      return [
        ...values.flatMap((value, i) => writtenProduct(counts![i]!, value)),
        ...running(products, "sum"),
        ...running(counts!, "count"),
        ...quotient(sum(products), sum(counts!), "mean"),
      ];
    }
    case "missing": {
      const total = writtenProduct(n + 1, mean!);
      total[total.length - 1] = `sum: ${total.at(-1)}`;
      return [
        ...sums(values),
        `count: ${n}+1=${n + 1}`,
        ...total,
        ...writtenSum((n + 1) * mean!, "-", sum(values), "missing"),
      ];
    }
  }
}

/** What the labels stand for. */
function named(problem: Statistics): Readonly<Record<string, string>> {
  const { kind, values, counts, mean } = problem;
  const n = values.length;
  const answer = show(...answerOf(problem));
  switch (kind) {
    case "median":
      return { place: String(n % 2 === 0 ? n / 2 : (n + 1) / 2), median: answer };
    case "weighted":
      return {
        sum: String(sum(values.map((value, i) => value * counts![i]!))),
        count: String(sum(counts!)),
        mean: answer,
      };
    case "missing":
      return { count: String(n + 1), sum: String((n + 1) * mean!), missing: answer };
    default:
      return { [kind]: answer };
  }
}

const CHAIN = /^\d{1,9}(?:[<=]\d{1,9}){1,30}$/;
const ONES = /^1(?:\+1)*=(\d{1,2})$/;

/** Judges labelled lines; undefined for what the general checker reads. */
export function statisticsStep(problem: Statistics, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  const label = line.label?.trim() ?? "";
  const expected = Object.hasOwn(named(problem), label) ? named(problem)[label] : undefined;
  const found = sourcesOf(/^[^=<>]*/.exec(body)![0].match(/\d+/g) ?? [], context);
  const from = found.length === 0 ? [-1] : found;
  if (expected !== undefined && /^[\d+*/()=-]{1,99}$/.test(body)) {
    const wrong = body.split("=").find((side) => equivalent(side, expected).verdict !== "proved");
    return { ...(wrong === undefined ? proved() : refuted({ [label]: expected, claimed: wrong })), from };
  }
  const count = Number(label);
  if (/^\d{1,5}$/.test(label) && problem.kind !== "weighted")
    return judgeCounted(problem, count, body, from, line, context);
  return divisorStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}

/** A running sum or order of the first numbers, or how often a number stands in the list. */
function judgeCounted(
  { kind, values }: Statistics,
  count: number,
  body: string,
  from: number[],
  line: StepLine,
  context: StepContext,
): TaskVerdict | undefined {
  const first = values.slice(0, count);
  const ones = ONES.exec(body);
  if (kind === "mode" && ones !== null) {
    const times = String(frequencies(values).get(count) ?? 0);
    const isRight = ones[1] === times && body.split("=")[0]!.length === 2 * Number(times) - 1;
    return { ...(isRight ? proved() : refuted({ number: String(count), times, claimed: ones[1]! })), from: [-1] };
  }
  if (kind === "median" || kind === "mode" || kind === "range") {
    if (!CHAIN.test(body) || count < 2 || count > values.length) return undefined;
    const order = chain(first);
    return { ...(body === order ? proved() : refuted({ "in order": order, claimed: body })), from };
  }
  const sides = body.split("=");
  if (count >= 2 && count <= values.length && sides.length > 1 && sides.every((side) => /^\d+(?:\+\d+)*$/.test(side))) {
    const expected = String(sum(first));
    // `27: 3=…` divides; a running sum begins with a sum.
    if (sides[0]!.includes("+")) {
      const wrong = sides.find((side) => String(sum(side.split("+").map(Number))) !== expected);
      return { ...(wrong === undefined ? proved() : refuted({ sum: expected, claimed: wrong })), from };
    }
  }
  return divisorStep(line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}
