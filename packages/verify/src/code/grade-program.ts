// Judges a reply that holds a program, by the tests of its row's verifier. Owns taking the program out of the reply.

import type { Verifier } from "@lemma/protocol";
import { extractAnswer } from "../grade/extract.ts";
import { type Grade, type GradeRequest, grade } from "../grade/grade.ts";
import { unknown } from "../verdict.ts";
import { type CodeCheck, type CodeRequest, type CodeTest, checkCode } from "./check-code.ts";
import type { CodeLanguage } from "./interpreters.ts";

/** A reply and the verifier of its row: `{ kind: "program", language, tests }`. */
export interface ProgramRequest extends Pick<CodeRequest, "limits" | "signal"> {
  readonly response: string;
  readonly verifier: Verifier;
}

/** A verdict, that of each test, and the program that was found, null where none was. */
export type ProgramGrade = CodeCheck & { extracted: string | null };

/**
 * Runs the program of a reply, its last fenced block or else its box, against the verifier's tests in the sandbox. Throws as checkCode.
 * @example
 * await gradeProgram({ response: row.messages[1].content, verifier: row.verifier }); // { verdict: "proved", …, extracted: "def f(xs): …" }
 */
export async function gradeProgram({ response, verifier, ...options }: ProgramRequest): Promise<ProgramGrade> {
  const { language, tests } = verifier;
  if (verifier.kind !== "program" || typeof language !== "string" || !Array.isArray(tests))
    return { ...unknown("bad-input"), tests: [], extracted: null };
  const code = programOf(response);
  if (code === undefined) return { ...unknown("unparsed"), tests: [], extracted: null };
  const check = await checkCode({
    language: language as CodeLanguage,
    code,
    tests: tests as CodeTest[],
    ...options,
  });
  return { ...check, extracted: code };
}

/**
 * Grades a reply by whatever its verifier asks for: programs with tests in the sandbox, all else by `grade`. Throws as checkCode, for
 * programs only.
 * @example
 * await gradeReply({ problem: "Solve 2x = 1.", response: "\\boxed{0.5}", reference: "1/2", verifier: { kind: "number" } }); // { verdict: "proved", … }
 */
export async function gradeReply(
  request: GradeRequest,
  options: Pick<ProgramRequest, "limits" | "signal"> = {},
): Promise<Grade> {
  const { response, verifier } = request;
  if (verifier.kind !== "program" || !Array.isArray(verifier.tests)) return grade(request);
  const { tests: _, ...graded } = await gradeProgram({ response, verifier, ...options });
  return graded;
}

/** The last fenced block behind the thought, or the content of the last box. */
function programOf(response: string): string | undefined {
  const closed = response.lastIndexOf("</think>");
  if (closed < 0 && response.includes("<think>")) return undefined;
  const answer = closed < 0 ? response : response.slice(closed + "</think>".length);
  const fenced = [...answer.matchAll(/^[ \t]*```[^\n`]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm)].at(-1)?.[1];
  return fenced ?? extractAnswer(answer, ["boxed"])?.text;
}
