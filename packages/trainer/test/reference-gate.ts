// How a router's scores choose and weight experts, as DeepSeek's papers say it (arXiv 2405.04434, 2412.19437). Must not know layers.

/** A gate. `bias` takes part in choosing, not in weighting. */
export interface ReferenceGate {
  scoring: "softmax" | "sigmoid";
  bias?: ArrayLike<number> | undefined;
  groups: number;
  usedGroups: number;
  used: number;
  isNormalised: boolean;
  scale: number;
}

/** Experts, best first, and their weights. `margin` is how far the closest decision was from going the other way. */
export interface GateChoice {
  experts: number[];
  weights: number[];
  margin: number;
}

/** The choice for one token's router outputs. Equal scores go to the smaller index. */
export function referenceGate(logits: ArrayLike<number>, gate: ReferenceGate): GateChoice {
  const { bias, groups, usedGroups, used, isNormalised, scale } = gate;
  const scores = gate.scoring === "sigmoid" ? Array.from(logits, (x) => 1 / (1 + Math.exp(-x))) : softmax(logits);
  const biased = scores.map((score, i) => score + (bias?.[i] ?? 0));
  const size = scores.length / groups;
  const groupScores = Array.from({ length: groups }, (_, group) => {
    const inGroup = biased.slice(group * size, (group + 1) * size).sort((a, b) => b - a);
    return bias === undefined ? inGroup[0]! : inGroup[0]! + (inGroup[1] ?? 0);
  });
  const open = best(groupScores, usedGroups);
  const masked = biased.map((score, i) =>
    open.chosen.includes(Math.floor(i / size)) ? score : Number.NEGATIVE_INFINITY,
  );
  const { chosen, margin } = best(masked, used);
  const taken = chosen.map((i) => scores[i]!);
  const sum = isNormalised ? taken.reduce((a, b) => a + b, 0) + 1e-20 : 1;
  return {
    experts: chosen,
    weights: taken.map((score) => (score / sum) * scale),
    margin: Math.min(margin, groups > 1 ? open.margin : Number.POSITIVE_INFINITY),
  };
}

/** The indices of the `count` largest, and how far the last of them is from the next. */
function best(scores: readonly number[], count: number): { chosen: number[]; margin: number } {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const next = order[count];
  const margin = next === undefined ? Number.POSITIVE_INFINITY : scores[order[count - 1]!]! - scores[next]!;
  return { chosen: order.slice(0, count), margin };
}

function softmax(logits: ArrayLike<number>): number[] {
  const top = Math.max(...Array.from(logits));
  const powers = Array.from(logits, (x) => Math.exp(x - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
