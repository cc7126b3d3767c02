// Programs as source text in Python and JavaScript. Owns the layout; knows no drawing and no running.

import type { Random } from "../../random.ts";
import { assignmentText, conditionText, type Program, printText, type Statement } from "./program.ts";

/** Choices that change the look and nothing else: indentation, JavaScript's semicolons and declaring word. */
export interface Layout {
  readonly indent: string;
  readonly end: string;
  readonly declare: string;
}

/** The usual look of a language, and now and then another. */
export function drawLayout({ language }: Program, random: Random): Layout {
  const usual = random.chance(0.85);
  const indent = (language === "python") === usual ? "    " : "  ";
  return { indent, end: random.chance(0.85) ? ";" : "", declare: random.chance(0.85) ? "let" : "var" };
}

/** The program's lines. */
export function writeProgram({ language, statements }: Program, layout: Layout): string[] {
  return language === "python" ? python(statements, layout.indent, "") : javascript(statements, layout);
}

/** How many lines a program has, in any layout. */
export function lineCount(program: Program): number {
  return writeProgram(program, { indent: "  ", end: ";", declare: "let" }).length;
}

function python(statements: readonly Statement[], indent: string, margin: string): string[] {
  return statements.flatMap((statement) => pythonLines(statement, indent, margin));
}

function pythonLines(statement: Statement, indent: string, margin: string): string[] {
  const block = (body: readonly Statement[]) => python(body, indent, margin + indent);
  switch (statement.kind) {
    case "assign":
      return [margin + assignmentText(statement, " ")];
    case "for":
      return [`${margin}for ${statement.name} in ${pythonValues(statement)}:`, ...block(statement.body)];
    case "while":
      return [`${margin}while ${conditionText(statement.condition, "python", " ")}:`, ...block(statement.body)];
    case "if":
      return [
        `${margin}if ${conditionText(statement.condition, "python", " ")}:`,
        ...block(statement.body),
        ...(statement.otherwise.length > 0 ? [`${margin}else:`, ...block(statement.otherwise)] : []),
      ];
    case "print":
      return [margin + printText(statement.values, "python", " ")];
  }
}

function pythonValues({ header, values }: Statement & { kind: "for" }): string {
  if (header.kind === "list") return `[${values.join(", ")}]`;
  const { start, step } = header;
  const end = header.inclusive ? header.end + Math.sign(step) : header.end;
  if (step !== 1) return `range(${start}, ${end}, ${step})`;
  return start === 0 ? `range(${end})` : `range(${start}, ${end})`;
}

function javascript(statements: readonly Statement[], layout: Layout): string[] {
  const { indent, end, declare } = layout;
  const declared = new Set<string>();
  const lines = (body: readonly Statement[], margin: string): string[] => {
    const out: string[] = [];
    for (let i = 0; i < body.length; i++) {
      const statement = body[i]!;
      if (statement.kind === "assign" && !declared.has(statement.name)) {
        // Neighbouring declarations of numbers share a line.
        const texts: string[] = [];
        for (let next = statement as Statement | undefined; ; next = body[++i]) {
          if (next?.kind !== "assign" || declared.has(next.name)) break;
          if (texts.length > 0 && typeof next.value !== "number") break;
          declared.add(next.name);
          texts.push(assignmentText({ ...next, form: "plain" }, " "));
        }
        i--;
        out.push(`${margin}${declare} ${texts.join(", ")}${end}`);
      } else out.push(...one(statement, margin));
    }
    return out;
  };
  const braces = (head: string, body: readonly Statement[], margin: string): string[] => [
    `${margin}${head} {`,
    ...lines(body, margin + indent),
    `${margin}}`,
  ];
  const one = (statement: Statement, margin: string): string[] => {
    switch (statement.kind) {
      case "assign":
        return [`${margin}${assignmentText(statement, " ")}${end}`];
      case "for":
        return braces(`for (${javascriptHeader(statement)})`, statement.body, margin);
      case "while":
        return braces(`while (${conditionText(statement.condition, "javascript", " ")})`, statement.body, margin);
      case "if": {
        const head = `if (${conditionText(statement.condition, "javascript", " ")})`;
        if (statement.otherwise.length === 0 && statement.body.length === 1)
          return [`${margin}${head} ${one(statement.body[0]!, "")[0]}`];
        if (statement.otherwise.length === 0) return braces(head, statement.body, margin);
        return [...braces(head, statement.body, margin).slice(0, -1), ...braces("} else", statement.otherwise, margin)];
      }
      case "print":
        return [`${margin}${printText(statement.values, "javascript", " ")}${end}`];
    }
  };
  return lines(statements, "");
}

function javascriptHeader({ name, values, header }: Statement & { kind: "for" }): string {
  if (header.kind === "list") return `const ${name} of [${values.join(", ")}]`;
  const { start, end, step, inclusive } = header;
  const sign = (step > 0 ? "<" : ">") + (inclusive ? "=" : "");
  const move =
    Math.abs(step) === 1 ? `${name}${step > 0 ? "++" : "--"}` : `${name} ${step > 0 ? "+=" : "-="} ${Math.abs(step)}`;
  return `let ${name} = ${start}; ${name} ${sign} ${end}; ${move}`;
}
