// Plots as inline SVG: bars, beside each other or below each other. Owns their looks; colours are the page's.

import { escaped, grouped } from "./text.ts";

const ROW = 26;
const WIDTH = 450;

/** Names take the left of a plot; the longest bar leaves room for its number. */
const NAMES = 170;
const LONGEST = 170;

/** About how wide a character of a plot's text is, in its units: the fonts of system-ui differ by a tenth. */
const widthOf = (char: string): number => {
  if (/[\u2e80-\uffff\u{10000}-\u{10ffff}]/u.test(char)) return 14;
  return /[MW@%m]/.test(char) ? 13.5 : /[A-Zw]/.test(char) ? 10.5 : 7.6;
};

/** The text, cut so that it fits into so much room. */
function fitted(text: string, room: number): string {
  let left = room;
  let shown = "";
  for (const char of text.toWellFormed()) {
    left -= widthOf(char);
    if (left < 0) return `${[...shown].slice(0, -1).join("")}…`;
    shown += char;
  }
  return text;
}

/** One bar of each name and its value, below each other; `parts` says which share of a bar is of the second colour. */
export function bars(
  rows: readonly { name: string; value: number; part?: number; note?: string }[],
  label: string,
): string {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const lines = rows.map(({ name, value, part = 0, note }, i) => {
    const y = i * ROW;
    const [full, second] = [(value / most) * LONGEST, (part / most) * LONGEST].map((width) => width.toFixed(1));
    const shown = fitted(name, NAMES - 12);
    const whole = shown === name ? "" : `<title>${escaped(name)}</title>`;
    return `<text x="${NAMES - 8}" y="${y + 17}" text-anchor="end">${escaped(shown)}${whole}</text>
<rect class="a" x="${NAMES}" y="${y + 4}" width="${full}" height="17" rx="2"/><rect class="b" x="${NAMES}" y="${y + 4}" width="${second}" height="17" rx="2"/>
<text x="${(NAMES + 6 + Number(full)).toFixed(1)}" y="${y + 17}">${escaped(note ?? grouped(value))}</text>`;
  });
  return svg(lines.join("\n"), WIDTH, rows.length * ROW + 4, label);
}

/** Two histograms over the same bins, the first behind the second. */
export function histogram(
  first: readonly number[],
  second: readonly number[],
  bins: readonly string[],
  label: string,
): string {
  const most = Math.max(1, ...first, ...second);
  const width = WIDTH / Math.max(1, bins.length);
  const column = (kind: string, value: number, i: number, inset: number): string => {
    const height = (value / most) * 180;
    const [x, y] = [i * width + inset, 190 - height].map((at) => at.toFixed(1));
    return `<rect class="${kind}" x="${x}" y="${y}" width="${(width - 2 * inset).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  };
  const columns = bins.map(
    (bin, i) => `<g><title>${escaped(bin)}: ${grouped(first[i] ?? 0)}, then ${grouped(second[i] ?? 0)}</title>
${column("a", first[i] ?? 0, i, 1)}${column("b", second[i] ?? 0, i, width / 5)}</g>
${i % 2 === 0 ? `<text x="${(i * width + 2).toFixed(1)}" y="208">${escaped(bin)}</text>` : ""}`,
  );
  return svg(columns.join("\n"), WIDTH, 216, label);
}

/** A drawing of so many units; screen readers say its label. */
export const svg = (inside: string, width: number, height: number, label: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">${inside}</svg>`;
