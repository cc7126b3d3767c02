// What a line of a sudoku's reasoning claims. Owns the reading of lines; the checker judges them.

import type { StepLine } from "@lemma/verify";
import type { Shape, Unit } from "./grid.ts";

/** One line as a claim. */
export type Claim =
  | { readonly kind: "unit"; readonly unit: Unit; readonly digits: readonly number[] }
  | { readonly kind: "row"; readonly unit: Unit; readonly given: readonly number[]; readonly digits: readonly number[] }
  | {
      readonly kind: "left";
      readonly cell: number;
      readonly seen: ReadonlyMap<string, readonly number[]>;
      readonly digits: readonly number[];
    }
  | {
      readonly kind: "fill";
      readonly cell: number;
      readonly digit: number;
      readonly isTry: boolean;
      readonly lost: ReadonlyMap<number, readonly number[]>;
    }
  | {
      readonly kind: "place";
      readonly unit: Unit;
      readonly left: ReadonlyMap<number, readonly number[]>;
      readonly only?: { readonly digit: number; readonly cell: number };
    };

/** `1 _ 3 4` as digits, blanks as 0; undefined where it is something else. */
function readDigits(text: string, side: number): number[] | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== side || !parts.every((part) => /^(?:\d|_)$/.test(part))) return undefined;
  return parts.map((part) => (part === "_" ? 0 : Number(part)));
}

/** `1/3` or `none`. */
function readLeft(text: string): number[] | undefined {
  if (text === "none") return [];
  return /^\d(?:\/\d)*$/.test(text) ? text.split("/").map(Number) : undefined;
}

/** `r1c2 1/3, r2c2 none` or `none`: cells with candidates. */
function readCells(text: string, { names }: Shape): Map<number, readonly number[]> | undefined {
  const found = new Map<number, readonly number[]>();
  if (text === "none") return found;
  for (const part of text.split(/\s*[,，]\s*/)) {
    const [name = "", digits = ""] = part.split(" ");
    const [cell, left] = [names.indexOf(name), readLeft(digits)];
    if (cell < 0 || left === undefined || found.has(cell)) return undefined;
    found.set(cell, left);
  }
  return found;
}

/** Reads a line; undefined where it is something else. */
export function readClaim(shape: Shape, { label = "", body }: StepLine): Claim | undefined {
  const { side, names, units } = shape;
  const [first = "", second, ...more] = body.split(/\s*[;；]\s*/);
  if (more.length > 0) return undefined;
  const filled = /^(try )?(r\dc\d)\s*=\s*(\d)$/.exec(label);
  if (filled !== null) {
    const [cell, lost] = [names.indexOf(filled[2]!), readCells(body, shape)];
    if (cell < 0 || lost === undefined) return undefined;
    return { kind: "fill", cell, digit: Number(filled[3]), isTry: filled[1] !== undefined, lost };
  }
  const unit = units.find(({ name }) => name === label);
  if (unit !== undefined) {
    const digits = readDigits(first, side);
    if (second === undefined) return digits === undefined ? undefined : { kind: "unit", unit, digits };
    const final = readDigits(second, side);
    if (digits !== undefined && final !== undefined) return { kind: "row", unit, given: digits, digits: final };
    const left = readCells(first, shape);
    const only = /^(\d) only (r\dc\d)$/.exec(second);
    if (left === undefined || (only === null && second !== "none")) return undefined;
    if (only === null) return { kind: "place", unit, left };
    const place = { digit: Number(only[1]), cell: names.indexOf(only[2]!) };
    return place.cell < 0 ? undefined : { kind: "place", unit, left, only: place };
  }
  const [cell, digits] = [names.indexOf(label), readLeft(second ?? "")];
  if (cell < 0 || digits === undefined) return undefined;
  const seen = new Map<string, number[]>();
  for (const part of first.split(/\s*[,，]\s*/)) {
    const [name = "", ...listed] = part.split(/\s+/);
    if (listed.join() !== "none" && !listed.every((one) => /^\d$/.test(one))) return undefined;
    seen.set(name, listed.join() === "none" ? [] : listed.map(Number));
  }
  return { kind: "left", cell, seen, digits };
}
