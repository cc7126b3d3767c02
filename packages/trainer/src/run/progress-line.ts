// The line that a person sees while a stage runs. Owns its wording; prints nothing.

import type { CheckEvent, MetricsEvent } from "./rank-process.ts";
import type { RlNumbers } from "./read-metrics.ts";

/** `3 min 20 s`, `1 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

const grouped = (n: number): string => Math.round(n).toLocaleString("en-US");

/**
 * One line for a training step: loss, speed and time left, with the last exact-trace share where there was a check.
 * @example "sft 490/4,394 | loss 0.311 | 19,222 tokens/s | 5,988,869 tokens | 41 min 12 s left | exact traces 41 %"
 */
export function progressLine(kind: string, lastStep: number, metrics: MetricsEvent, check?: CheckEvent): string {
  const parts = [
    `${kind} ${grouped(metrics.step)}/${grouped(lastStep)}`,
    `loss ${metrics.loss.toFixed(3)}`,
    `${grouped(metrics.tokensPerSecond)} tokens/s`,
    `${grouped(metrics.tokens)} tokens`,
    `${duration(metrics.secondsLeft)} left`,
  ];
  if (check && check.rows > 0) parts.push(`exact traces ${((100 * check.right) / check.rows).toFixed(0)} %`);
  return parts.join(" | ");
}

/**
 * The same for a step that learns from replies.
 * @example "grpo 12/100 | pass 54 % | reward 0.711 | 62 tokens a reply | 81,204 rollout tokens/s | KL 2e-6 | 1 min 40 s left"
 */
export function rlProgressLine(
  kind: string,
  step: number,
  lastStep: number,
  rl: RlNumbers,
  secondsLeft: number,
): string {
  return [
    `${kind} ${grouped(step)}/${grouped(lastStep)}`,
    `pass ${(100 * rl.passRate).toFixed(0)} %`,
    `reward ${(rl.reward.mean ?? 0).toFixed(3)}`,
    `${rl.meanLength.toFixed(0)} tokens a reply`,
    `${grouped(rl.rolloutTokensPerSecond)} rollout tokens/s`,
    `KL ${rl.kl.mean.toExponential(0)}`,
    `${duration(secondsLeft)} left`,
  ].join(" | ");
}
