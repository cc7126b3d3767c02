// The outline of a training as text for people. Owns its wording; packages/trainer works it out.

import type { TrainingOutline } from "@lemma/trainer";
import { table } from "./table.ts";

/** 1.61M, 33.1B, 989T; 1.97e22 where letters end. */
const short = (n: number): string => {
  if (n >= 1e18) return n.toExponential(2).replace("e+", "e");
  for (const [unit, size] of [
    ["P", 1e15],
    ["T", 1e12],
    ["B", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const)
    if (n >= 0.9995 * size) return `${(n / size).toPrecision(3)}${unit}`;
  return n.toPrecision(3);
};

const bytes = (n: number): string => {
  for (const [unit, size] of [
    ["TB", 1e12],
    ["GB", 1e9],
    ["MB", 1e6],
  ] as const)
    if (n >= size) return `${(n / size).toFixed(n >= 100 * size ? 0 : n >= 10 * size ? 1 : 2)} ${unit}`;
  return `${Math.round(n / 1e3)} kB`;
};

const hours = (n: number): string =>
  n < 1 / 60
    ? `${Math.round(n * 3600)} s`
    : n < 1.5
      ? `${Math.round(n * 60)} min`
      : n < 72
        ? `${n.toFixed(1)} h`
        : `${(n / 24).toFixed(1)} d`;

const dollars = (n: number): string => (n < 100 ? n.toFixed(2) : Math.round(n).toLocaleString("en-US"));

/** Everything that `lemma train plan` prints without --json. */
export function planText(plan: TrainingOutline): string {
  const stages = plan.stages.map(({ kind, steps, tokens, learningRate, ranks }, i) => [
    String(i),
    kind,
    steps.toLocaleString("en-US"),
    short(tokens),
    learningRate.toExponential(1),
    String(ranks),
  ]);
  const memory = plan.memory.map((one) => [
    one.plan,
    one.gradientCheckpointing ? "yes" : "no",
    String(one.ranks),
    bytes(one.state),
    one.gathered ? bytes(one.gathered) : "-",
    bytes(one.activations),
    bytes(one.total),
    one.refused === null ? "not asked: no PyTorch here" : one.refused === "" ? "yes" : `no: ${one.refused}`,
  ]);
  const hardware = plan.hardware.map((one) => {
    const device = [one.id, one.devices === null ? "-" : String(one.devices)];
    if (one.devices === null) return [...device, "does not fit", "", "", "", "", ""];
    return [
      ...device,
      `${one.plan}${one.gradientCheckpointing ? ", recomputed" : ""}`,
      `${bytes(one.bytes!)} of ${bytes(one.memoryBytes)}`,
      `${short(one.peakFlops)} x ${Number((100 * one.mfu).toPrecision(2))} %`,
      short(one.tokensPerSecond!),
      hours(one.hours!),
      dollars(one.cost!),
    ];
  });
  const { pytorch } = plan;
  const asked =
    "torch" in pytorch
      ? [`PyTorch ${pytorch.torch}`, pytorch.fusedAttention, pytorch.compile].filter((text) => text !== "").join("; ")
      : pytorch.missing;
  return `${plan.name}: ${plan.parameters.toLocaleString("en-US")} parameters, ${plan.activeParameters.toLocaleString("en-US")} active for a token, context ${plan.context}
${short(plan.flopsPerToken)} floating-point operations a token, ${short(plan.flops)} in all; data ${short(plan.data.tokens)} tokens from ${plan.data.sources.length} sources
${plan.continues === null ? "a new run" : `continues ${plan.continues}`}

${table(["stage", "kind", "steps", "tokens", "rate", "ranks"], stages, [2, 3, 4, 5])}
Memory of a rank (state: weights, gradients, moments; plan ${plan.parallel.plan}):
${table(["plan", "recomputed", "ranks", "state", "gathered", "activations", "total", "runs here"], memory, [2, 3, 4, 5, 6])}
${asked}

Time and cost of all stages (fewest devices that it fits on; peak x assumed share; dollars):
${table(["hardware", "devices", "plan", "memory", "speed", "tokens/s", "time", "cost"], hardware, [1, 5, 6, 7])}`;
}
