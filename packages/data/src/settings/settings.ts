// Settings that a person wrote: YAML, then a schema. Owns how a fault is told: the file, the field, what was expected and what was
// found. Knows no recipe.

import { readFile } from "node:fs/promises";
import { LemmaError } from "@lemma/protocol";
import { parseDocument } from "yaml";
import { z } from "zod";

/** Settings that are checked later, by whoever they are for. */
export const anySettings = z.record(z.string(), z.unknown());

/**
 * Reads and checks a YAML file; defaults are filled in.
 * @throws LEMMA_E_FILE (not readable), LEMMA_E_RECIPE (not YAML, a missing, wrong or unknown field).
 */
export async function readSettings<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: "can't be read" }, { cause });
  }
  return parseSettings(path, text, schema);
}

/** The same from text; `path` is for messages. */
export function parseSettings<T>(path: string, text: string, schema: z.ZodType<T>): T {
  const document = parseDocument(text);
  const fault = document.errors[0];
  if (fault) throw recipeError(path, `line ${fault.linePos?.[0].line ?? 1}`, "YAML", fault.message.split("\n")[0]!);
  return checkSettings(path, document.toJS(), schema);
}

/** Checks values that are already there. `inside` names the field that holds them, where there is one. */
export function checkSettings<T>(path: string, value: unknown, schema: z.ZodType<T>, inside = ""): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, expected, found } = describe(deepest(parsed.error.issues[0]!), value, inside);
  throw recipeError(path, field, expected, found);
}

/** A LEMMA_E_RECIPE. */
export function recipeError(path: string, field: string, expected: string, found: string): LemmaError {
  return new LemmaError("LEMMA_E_RECIPE", { path, field, expected, found });
}

type Issue = z.core.$ZodIssue;

/** Inside a union, the branch that got furthest says most: the one whose first issue is not a missing or unknown field. */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const rank = (branch: readonly Issue[]): number => {
    const first = branch[0]!;
    const isAtTop = first.path.length === 0;
    return (
      (isAtTop && first.code === "invalid_type" ? 4 : 0) +
      branch.filter((one) => one.code === "unrecognized_keys").length +
      branch.length
    );
  };
  const best = issue.errors.toSorted((a, b) => rank(a) - rank(b))[0]!;
  const inner = best.find((one) => one.code === "unrecognized_keys") ?? best[0]!;
  return deepest({ ...inner, path: [...issue.path, ...inner.path] } as Issue);
}

function describe(issue: Issue, value: unknown, inside: string): { field: string; expected: string; found: string } {
  const field = fieldName(inside, issue.path);
  const found = show(at(value, issue.path));
  switch (issue.code) {
    case "unrecognized_keys":
      return {
        field: fieldName(inside, [...issue.path, issue.keys[0]!]),
        expected: "a known field",
        found: "an unknown one",
      };
    case "invalid_type":
      return { field, expected: issue.expected === "int" ? "a whole number" : issue.expected, found };
    case "invalid_value":
      return { field, expected: issue.values.map(String).join(" or "), found };
    default:
      return { field, expected: issue.message.replace(/^Invalid input: expected |^expected /, ""), found };
  }
}

function fieldName(inside: string, path: readonly PropertyKey[]): string {
  if (path.length === 0) return inside === "" ? "the recipe" : inside;
  return path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, inside);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof inside === "object" && inside !== null ? (inside as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
