// Square matrices of two or three rows: their spelling, reading and determinant.

/** Rows of whole numbers, as many as there are columns. */
export type Matrix = readonly (readonly number[])[];

/** The spellings that questions use. */
export const SPELLINGS = ["[[,]]", "[;]", "(;)", "|;|"] as const;

/** `[[1, 2], [3, 4]]`, `[1 2; 3 4]`, `(1 2; 3 4)` or `|1 2; 3 4|`. */
export function spell(matrix: Matrix, spelling: (typeof SPELLINGS)[number]): string {
  if (spelling === "[[,]]") return `[${matrix.map((row) => `[${row.join(", ")}]`).join(", ")}]`;
  return spelling[0] + matrix.map((row) => row.join(" ")).join("; ") + spelling.at(-1);
}

const NUMBER = "-?\\d{1,6}";
const LIST = `${NUMBER}(?:(?: ?, ?| | ?& ?)${NUMBER}){1,2}`;
const TYPED = [
  `\\[ ?\\[ ?${LIST} ?\\](?: ?, ?\\[ ?${LIST} ?\\]){1,2} ?\\]`,
  `[[(|] ?${LIST}(?: ?; ?${LIST}){1,2} ?[\\])|]`,
  `\\\\begin\\{[pbv]matrix\\} ?${LIST}(?: ?\\\\\\\\ ?${LIST}){1,2} ?\\\\end\\{[pbv]matrix\\}`,
].map((pattern) => new RegExp(pattern));

/** The one square matrix in a text; undefined where there is none, or it isn't square. */
export function readMatrix(text: string): Matrix | undefined {
  for (const pattern of TYPED) {
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const rows = found.match(new RegExp(LIST, "g"))!.map((row) => row.match(/-?\d+/g)!.map(Number));
    return rows.every((row) => row.length === rows.length) ? rows : undefined;
  }
  return undefined;
}

/** The matrix without its first row and one column. */
export const minor = (matrix: Matrix, column: number): Matrix =>
  matrix.slice(1).map((row) => row.filter((_, i) => i !== column));

/** The determinant, along the first row. */
export function determinant(matrix: Matrix): number {
  if (matrix.length === 1) return matrix[0]![0]!;
  return matrix[0]!.reduce((sum, value, i) => sum + (i % 2 === 0 ? 1 : -1) * value * determinant(minor(matrix, i)), 0);
}
