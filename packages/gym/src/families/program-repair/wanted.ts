// The output that a question asks a program to have: a row of three numbers or more outside of its code. Owns that reading; a
// question without one asks something else of its program.

import { findSource } from "../program-output/parse.ts";

const ROW = /(?<![\w.-])\d{1,6}(?:(?:\s*[,，、]\s*| +| and | ?和 ?)\d{1,6}){2,11}(?![\w])/;

/** The wanted numbers and the code, or undefined. */
export function readWanted(question: string): { source: string; wanted: number[] } | undefined {
  const source = findSource(question);
  if (source === undefined) return undefined;
  const row = ROW.exec(question.replace(source, "\n"));
  return row === null ? undefined : { source, wanted: row[0].match(/\d+/g)!.map(Number) };
}
