// Curves over steps as inline SVG: one or a few series with axes, or a small one for a table's cell. Owns their looks and how
// many thousand points become few; colours are the page's. Series differ in their dashes too, not in colour alone.

import { escaped, svg } from "@lemma/data";

/** A value at a step. */
export interface Point {
  step: number;
  value: number;
}

export interface Series {
  name: string;
  points: readonly Point[];
}

export interface CurveOptions {
  /** What the plot shows, for screen readers. */
  label: string;
  logarithmic?: boolean;
  /** Keeps the value axis at these ends. */
  from?: number;
  to?: number;
  /** Steps at which something begins, with what begins there. */
  marks?: readonly { step: number; name: string }[];
}

const WIDTH = 430;
const HEIGHT = 190;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 14;
/** Points along the width: more can't be told apart. */
const MOST_POINTS = 220;
/** How many series a plot tells apart. */
export const MOST_SERIES = 6;

/** A plot of at most MOST_SERIES series; empty where no series has two points that can be shown. */
export function curves(all: readonly Series[], options: CurveOptions): string {
  const isShown = ({ value }: Point): boolean => Number.isFinite(value) && (!options.logarithmic || value > 0);
  const series = all
    .slice(0, MOST_SERIES)
    .map(({ name, points }) => ({ name, bins: binned(points.filter(isShown)) }))
    .filter(({ bins }) => bins.length > 1);
  if (series.length === 0) return "";
  const place = placed(
    series.flatMap(({ bins }) => bins),
    options,
  );
  const parts = [axes(place)];
  for (const { step, name } of options.marks ?? []) {
    const x = place.x(step);
    if (x === undefined || x === LEFT) continue;
    parts.push(`<line class="mark" x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>
<text class="small" x="${(x + 3).toFixed(1)}" y="${TOP - 3}">${escaped(name)}</text>`);
  }
  // One series shows its extremes too: a spike of one line must not vanish in a mean.
  if (series.length === 1) parts.push(band(series[0]!.bins, place));
  for (const [i, { bins }] of series.entries()) parts.push(line(bins, place, `s s${i}`));
  const drawing = svg(parts.join("\n"), WIDTH, HEIGHT, options.label);
  return series.length === 1 ? drawing : `${legend(series.map(({ name }) => name))}${drawing}`;
}

/** A curve as high as a line of text, for a table's cell. `to` of `from` fills the height. */
export function spark(points: readonly Point[], from: number, to: number, label: string): string {
  const bins = binned(points.filter(({ value }) => Number.isFinite(value)));
  if (bins.length < 2) return "";
  const [first, last] = [bins[0]!.step, bins.at(-1)!.step];
  const path = bins.map(({ step, mean }) => {
    const x = (120 * (step - first)) / (last - first);
    const y = 23 - (22 * (Math.min(to, Math.max(from, mean)) - from)) / (to - from);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<span class="spark">${svg(`<polyline class="s s0" points="${path.join(" ")}"/>`, 120, 24, label)}</span>`;
}

interface Bin {
  step: number;
  mean: number;
  low: number;
  high: number;
}

/** Neighbours together, so many that the plot has no more than MOST_POINTS. */
function binned(points: readonly Point[]): Bin[] {
  const size = Math.ceil(points.length / MOST_POINTS);
  const bins: Bin[] = [];
  for (let at = 0; at < points.length; at += size) {
    const values = points.slice(at, at + size).map(({ value }) => value);
    const sum = values.reduce((total, value) => total + value, 0);
    bins.push({
      step: points[Math.min(at + size, points.length) - 1]!.step,
      mean: sum / values.length,
      low: Math.min(...values),
      high: Math.max(...values),
    });
  }
  return bins;
}

/** Where steps and values stand in the drawing, and the ticks of both axes. */
interface Place {
  x(step: number): number | undefined;
  y(value: number): number;
  steps: readonly number[];
  values: readonly number[];
}

function placed(bins: readonly Bin[], { logarithmic = false, from, to }: CurveOptions): Place {
  const [first, last] = [Math.min(...bins.map(({ step }) => step)), Math.max(...bins.map(({ step }) => step))];
  let low = Math.min(from ?? Number.POSITIVE_INFINITY, ...bins.map((bin) => bin.low));
  let high = Math.max(to ?? Number.NEGATIVE_INFINITY, ...bins.map((bin) => bin.high));
  if (low === high) [low, high] = logarithmic || low > 0 ? [low * 0.9, high * 1.1] : [low - 1, high + 1];
  const scale = logarithmic ? Math.log : (value: number): number => value;
  const [bottom, top] = [scale(low), scale(high)];
  const rounded = (value: number): number => Number(value.toFixed(1));
  return {
    x: (step) =>
      step < first || step > last
        ? undefined
        : rounded(LEFT + ((WIDTH - LEFT - 8) * (step - first)) / Math.max(1, last - first)),
    y: (value) => rounded(HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * (scale(value) - bottom)) / (top - bottom)),
    steps: [first, last],
    values: logarithmic ? logarithmicTicks(low, high) : ticks(low, high),
  };
}

/** Round values from `low` to `high`, three to six of them. */
function ticks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** 1, 2 and 5 of each power of ten; powers alone where there are many; the ends where there is none. */
function logarithmicTicks(low: number, high: number): number[] {
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) powers.push(power);
  const factors = powers.length > 3 ? [1] : [1, 2, 5];
  const found = powers
    .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))))
    .filter((value) => value >= low && value <= high);
  const spaced = found.filter((_, i) => i % Math.ceil(found.length / 6) === 0);
  return spaced.length > 1 ? spaced : [low, high];
}

/** 0.00012 as 1.2e-4, 12345 as 12k. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  if (size !== 0 && size < 1e-3) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

function axes(place: Place): string {
  const rows = place.values.map(
    (value) => `<line class="grid" x1="${LEFT}" x2="${WIDTH - 8}" y1="${place.y(value)}" y2="${place.y(value)}"/>
<text x="${LEFT - 6}" y="${(place.y(value) + 4).toFixed(1)}" text-anchor="end">${shortNumber(value)}</text>`,
  );
  const [first, last] = place.steps;
  return `${rows.join("\n")}
<text x="${LEFT}" y="${HEIGHT - 5}">step ${first}</text><text x="${WIDTH - 8}" y="${HEIGHT - 5}" text-anchor="end">${last}</text>`;
}

const line = (bins: readonly Bin[], place: Place, kind: string): string =>
  `<polyline class="${kind}" points="${bins.map(({ step, mean }) => `${place.x(step)},${place.y(mean)}`).join(" ")}"/>`;

function band(bins: readonly Bin[], place: Place): string {
  if (bins.every(({ low, high }) => low === high)) return "";
  const top = bins.map(({ step, high }) => `${place.x(step)},${place.y(high)}`);
  const bottom = bins.toReversed().map(({ step, low }) => `${place.x(step)},${place.y(low)}`);
  return `<polygon class="a" points="${[...top, ...bottom].join(" ")}"/>`;
}

const legend = (names: readonly string[]): string =>
  `<p class="legend soft">${names
    .map(
      (name, i) =>
        `<span><svg viewBox="0 0 26 8" aria-hidden="true"><line class="s s${i}" x1="0" x2="26" y1="4" y2="4"/></svg>${escaped(name)}</span>`,
    )
    .join(" ")}</p>`;
