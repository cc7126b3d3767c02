// Matrices with up to three rows and columns, and columns of numbers: their spellings, and their reading from any text. Owns both; the
// families say what they do with matrices.

/** Rows of whole numbers, all equally long. */
export type Matrix = readonly (readonly number[])[];

/** How questions write a matrix: `[[1, 2], [3, 4]]`, `[1 2; 3 4]`, `(1 2; 3 4)` or `|1 2; 3 4|` (a determinant). LaTeX is only read. */
export type Spelling = "[[,]]" | "[;]" | "(;)" | "|;|";

/** The matrix in a spelling. */
export function spell(matrix: Matrix, spelling: Spelling): string {
  if (spelling === "[[,]]") return `[${matrix.map((row) => `[${row.join(", ")}]`).join(", ")}]`;
  return spelling[0] + matrix.map((row) => row.join(" ")).join("; ") + spelling.at(-1);
}

const NUMBER = "[-+]?\\d{1,6}";
const LIST = `${NUMBER}(?:(?: ?, ?| | ?& ?)${NUMBER}){0,2}`;
const TYPED = new RegExp(
  [
    `\\[ ?\\[ ?${LIST} ?\\](?: ?, ?\\[ ?${LIST} ?\\]){1,2} ?\\]`,
    `[[(|] ?${LIST}(?: ?; ?${LIST}){1,2} ?[\\])|]`,
    `\\\\begin\\{[pbv]matrix\\} ?${LIST}(?: ?\\\\\\\\ ?${LIST}){1,2} ?\\\\end\\{[pbv]matrix\\}`,
  ].join("|"),
  "g",
);

/** A matrix, and where it stands in a text. */
export interface FoundMatrix {
  readonly matrix: Matrix;
  readonly start: number;
  readonly end: number;
}

/** All matrices of two or three rows in a text with single spaces, in order; those with rows of different lengths are left out. */
export function readMatrices(text: string): FoundMatrix[] {
  return [...text.matchAll(TYPED)].flatMap(({ 0: found, index }) => {
    const matrix = found.match(new RegExp(LIST, "g"))!.map((row) => row.match(/[-+]?\d+/g)!.map(Number));
    const isWhole = matrix.every((row) => row.length === matrix[0]!.length);
    return isWhole ? [{ matrix, start: index, end: index + found.length }] : [];
  });
}
