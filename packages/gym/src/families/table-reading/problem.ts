// Questions on a table of whole numbers: what can be asked, and the answer. Knows no wordings, layouts or languages.

/** A table: headings, the first one that of the names, and a row of numbers for each name. */
export interface Table {
  readonly head: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export const KINDS = ["sum", "extreme", "difference", "count", "filtered sum"] as const;

/** What is asked; columns and rows by their numbers. `isAbove` and `limit` say which rows count, `isHigh` which extreme is meant. */
export type Ask =
  | { readonly kind: "sum"; readonly column: number }
  | { readonly kind: "extreme"; readonly column: number; readonly isHigh: boolean }
  | { readonly kind: "difference"; readonly column: number; readonly row: number; readonly other: number }
  | Filter<"count">
  | (Filter<"filtered sum"> & { readonly summed: number });

interface Filter<K> {
  readonly kind: K;
  readonly column: number;
  readonly isAbove: boolean;
  readonly limit: number;
}

/** A question on a table. */
export interface TableQuestion {
  readonly table: Table;
  readonly ask: Ask;
}

/** The numbers of a column. */
export const columnOf = ({ rows }: Table, column: number): number[] => rows.map(({ values }) => values[column]!);

/** The numbers of the rows that count. */
export function countedRows({ rows }: Table, { column, isAbove, limit }: Filter<unknown>): number[] {
  return rows.flatMap(({ values }, i) => ((isAbove ? values[column]! > limit : values[column]! < limit) ? [i] : []));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The answer, a number or the name of a row; undefined where an extreme is shared. */
export function solve({ table, ask }: TableQuestion): number | string | undefined {
  const values = columnOf(table, ask.column);
  switch (ask.kind) {
    case "sum":
      return total(values);
    case "extreme": {
      const best = ask.isHigh ? Math.max(...values) : Math.min(...values);
      const at = values.indexOf(best);
      return values.lastIndexOf(best) === at ? table.rows[at]!.name : undefined;
    }
    case "difference":
      return Math.abs(values[ask.row]! - values[ask.other]!);
    case "count":
      return countedRows(table, ask).length;
    case "filtered sum":
      return total(countedRows(table, ask).map((row) => columnOf(table, ask.summed)[row]!));
  }
}
