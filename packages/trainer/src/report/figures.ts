// Plots with their titles, and the points of a plot from lines of metrics.

import { escaped } from "@lemma/data";
import type { Metrics } from "../run/read-metrics.ts";
import { type CurveOptions, curves, type Point, type Series } from "./curves.ts";

/** A plot with its title, and the last value beside it. */
export function figure(
  title: string,
  unit: string,
  points: readonly Point[],
  options: Omit<CurveOptions, "label">,
): string {
  const drawing = curves([{ name: title, points }], { ...options, label: `${title} over steps` });
  const last = points.at(-1);
  if (drawing === "" || last === undefined) return "";
  const value = Number(last.value.toPrecision(4));
  return `<figure><figcaption>${escaped(title)} <span class="soft">${escaped(`${value}${unit}`)}</span></figcaption>${drawing}</figure>`;
}

/** One value of each line; lines without it are left out. */
export const pointsOf = (metrics: readonly Metrics[], of: (line: Metrics) => number | undefined): Point[] =>
  metrics.flatMap((line) => {
    const value = of(line);
    return typeof value === "number" && Number.isFinite(value) ? [{ step: line.step, value }] : [];
  });

/** A plot of a few series. */
export function several(title: string, series: readonly Series[], options: Omit<CurveOptions, "label">): string {
  const drawing = curves(series, { ...options, label: `${title} over steps` });
  return drawing === "" ? "" : `<figure><figcaption>${escaped(title)}</figcaption>${drawing}</figure>`;
}
