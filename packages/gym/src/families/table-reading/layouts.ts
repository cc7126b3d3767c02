// Tables as text: Markdown, comma-separated values, aligned columns. Owns writing them and finding one in a text.

import type { Table } from "./problem.ts";

export const LAYOUTS = ["markdown", "csv", "aligned"] as const;

/** How wide a text is in columns of a terminal: Chinese characters take two. */
const width = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

/** A table in a layout; `say` puts its words into a language. */
export function layOut(
  { head, columns, rows }: Table,
  layout: (typeof LAYOUTS)[number],
  say: (word: string) => string,
): string {
  const lines = [[head, ...columns].map(say), ...rows.map(({ name, values }) => [say(name), ...values.map(String)])];
  if (layout === "csv") return lines.map((cells) => cells.join(",")).join("\n");
  if (layout === "markdown") {
    const [first = [], ...others] = lines.map((cells) => `| ${cells.join(" | ")} |`);
    return [first, `|${columns.map(() => "---|").join("")}---|`, ...others].join("\n");
  }
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((cells) => width(cells[i]!))));
  return lines
    .map((cells) =>
      cells
        .map((cell, i) => cell + " ".repeat(widths[i]! - width(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The cells of a line of a table in any layout; undefined where it is none. */
function cellsOf(line: string): string[] | undefined {
  const text = line.trim();
  const cells = text.includes("|")
    ? text.replace(/^\||\|$/g, "").split("|")
    : /\t| {2}/.test(text)
      ? text.split(/\t+| {2,}/)
      : text.split(/[,;]/);
  return cells.length > 1 && cells.length < 12 ? cells.map((cell) => cell.trim()) : undefined;
}

const isNumber = (cell: string): boolean => /^\d{1,6}$/.test(cell);

/** The first table of whole numbers in a text, and the text without it. */
export function findTable(text: string): { table: Table; rest: string } | undefined {
  const lines = text.split("\n").filter((line) => !/^[\s|:+-]+$/.test(line));
  if (lines.length > 60) return undefined;
  for (let start = 0; start + 2 < lines.length; start++) {
    const header = cellsOf(lines[start]!);
    if (header === undefined || header.some((cell) => cell === "" || cell.length > 30 || isNumber(cell))) continue;
    const rows: { name: string; values: number[] }[] = [];
    let end = start + 1;
    for (; end < lines.length; end++) {
      const [name = "", ...cells] = cellsOf(lines[end]!) ?? [];
      if (cells.length !== header.length - 1 || !cells.every(isNumber) || name === "" || isNumber(name)) break;
      rows.push({ name, values: cells.map(Number) });
    }
    if (rows.length < 2) continue;
    const [head = "", ...columns] = header;
    const names = [...rows.map(({ name }) => name), ...columns].map((word) => word.toLowerCase());
    if (new Set(names).size < names.length) return undefined;
    return { table: { head, columns, rows }, rest: [...lines.slice(0, start), ...lines.slice(end)].join("\n") };
  }
  return undefined;
}
