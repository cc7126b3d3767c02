// The English wordings of sudokus, the held-out ones first: they were written first. {grid} is the grid with the marks around it, {n} its side,
// {size} the size of a box, {blank} what a blank looks like.

import type { Wordings } from "../../wordings.ts";

export const ENGLISH: Wordings<string> = {
  heldOut: [
    "A square of {n} by {n} fields lacks some entries, shown as {blank}:{grid}Put 1 to {n} so that no line across, no line down and no {size} box repeats anything, then state every line, slashes between.",
    "Sudoku time, small size.{grid}{blank} stands for nothing yet. Which digits belong where? Reply by listing all completed rows, a slash after each but the final.",
    "Today's gazette has a mini sudoku, boxes being {size}:{grid}Please work out all gaps ({blank}) for me, then copy the whole thing as rows split by slashes.",
  ],
  trained: [
    "[Solve|Complete|Finish] this {n}x{n} sudoku[ with {size} boxes|] ({blank} is [a blank|an empty cell]):{grid}[Write|Give] the rows one after another, separated by /.",
    "Fill in the {n}x{n} grid so that each row, each column and each {size} box contains 1 to {n} exactly once.{grid}Write the filled grid row by row, with / between the rows.",
    "Sudoku {n}x{n}, boxes {size}:{grid}[What is the solution|The solution], [as rows with / between them|rows joined by /]?",
    "In this sudoku every row, column and {size} box must hold the digits from 1 to {n}. {blank} means [blank|empty].{grid}What is the [full|complete] grid? Give its rows, with / in between.",
    "[Can|Could] you [solve|do] this [small |]sudoku[ for me|]? The boxes are {size}.{grid}[Answer with|Give] all rows from top to bottom, separated by /.",
    "{grid}This is a {n}x{n} sudoku with {size} boxes. [Fill in|Replace] every {blank}[ with a digit from 1 to {n}|] and write the rows with / between them.",
    "My [daughter|son|teacher|friend] gave me a sudoku for beginners, {n} rows and {n} columns, {size} boxes:{grid}[How is it filled|What does it look like when it is filled]? Separate the rows by /.",
    "[Place|Put] the digits 1 to {n} in the blank cells ({blank}); no digit may appear twice in a row, a column or a {size} box.{grid}Write the result as rows separated by /.",
    "A sudoku puzzle ({n}x{n}, boxes {size}, {blank} for blank cells) is given:{grid}Find its [only |]solution and write it row by row, with / after each row except the last.",
    "[Here is|I have|We have] an unfinished sudoku with {n} rows:{grid}Each row, column and {size} box needs 1 to {n}. [Finish it|Complete it], rows separated by /.",
  ],
};
