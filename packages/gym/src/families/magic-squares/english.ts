// The English wordings of magic squares, the held-out ones first: they were written first. {grid} is the square with the marks around it,
// {letters} its letters, {n} its side; {rule} says that all sums are equal, or what they are.

import type { Wordings } from "../../wordings.ts";

export const ENGLISH: Wordings<string> = {
  heldOut: [
    "An old tablet shows numbers arranged as a square, a few worn away and marked with letters.{grid}{rule} Restore {letters}.",
    "{rule} Here it stands, letters filling its holes:{grid}Say what belongs at {letters}.",
    "Brain-teaser! {letters} each hide an entry:{grid}{rule} Reveal them.",
  ],
  trained: [
    "Find {letters} in this magic square:{grid}{rule}",
    "{rule} [What are|Which numbers are] {letters} [here|in this square]?{grid}",
    "[A magic|Magic] square with missing numbers:{grid}{rule} [Determine|Find] {letters}.",
    "Some numbers of a magic square were [replaced by|exchanged for] letters:{grid}{rule} Which numbers do {letters} stand for?",
    "[Can|Could] you find the missing numbers {letters} of this {n}x{n} square?{grid}{rule}",
    "My [brother|aunt|teacher|friend] drew a magic square and left gaps:{grid}{rule} Work out {letters}.",
    "[Calculate|Compute] {letters}. {rule} The square is:{grid}",
    "A {n}x{n} square of numbers is given:{grid}{rule} [Give|State] the values of {letters}.",
    "{grid}This is a magic square. {rule} [So what|What] are {letters}?",
    "[Solve|Complete] the magic square for {letters}:{grid}{rule}",
  ],
};

/** What holds in a square: with the sum told, and without. The n-th held-out wording has the n-th. */
export const RULES_EN = {
  heldOut: [
    [
      "Across, down or along its diagonals, you always reach the total {s}.",
      "Across, down or along its diagonals, you always reach one total.",
    ],
    [
      "Magic means that any straight line, slanted ones through the middle too, has entries that come to {s}.",
      "Magic means that any straight line, slanted ones through the middle too, has entries that come to one value.",
    ],
    ["Being magic, it has the constant {s}.", "It is magic, whatever its constant may be."],
  ],
  trained: [
    [
      "Every row, every column and both diagonals add up to {s}.",
      "Every row, every column and both diagonals add up to the same number.",
    ],
    ["The rows, columns and diagonals all have the sum {s}.", "The rows, columns and diagonals all have the same sum."],
    ["Each row, column and diagonal makes {s}.", "Each row, column and diagonal makes the same total."],
    ["The magic sum of rows, columns and diagonals is {s}.", "The magic sum is equal for rows, columns and diagonals."],
  ],
} as const;
