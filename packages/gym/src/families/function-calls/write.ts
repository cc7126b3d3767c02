// Programs of functions as source text. Owns the layouts, which change the look and nothing else: indentation, `else` or none, arrow
// functions, choices in one line, semicolons. Every layout reads back as the same program.

import type { Random } from "../../random.ts";
import { conditionText, expressionText } from "../program-output/program.ts";
import type { Definition, Expression, FunctionProgram, Statement } from "./program.ts";

interface Layout {
  readonly indent: string;
  readonly end: string;
  readonly declare: string;
  /** `else` before what follows an `if` that returns. */
  readonly otherwise: boolean;
  /** JavaScript: functions as arrows. */
  readonly arrows: boolean;
  /** `return 1 if n == 0 else n * f(n - 1)`, `n === 0 ? 1 : …`. */
  readonly choices: boolean;
  /** A blank line behind each function. */
  readonly gap: boolean;
}

function drawLayout(language: FunctionProgram["language"], random: Random): Layout {
  return {
    indent: (language === "python") === random.chance(0.85) ? "    " : "  ",
    end: random.chance(0.85) ? ";" : "",
    declare: random.chance(0.6) ? "let" : "const",
    otherwise: random.chance(0.25),
    arrows: random.chance(0.25),
    choices: random.chance(0.15),
    gap: random.chance(0.5),
  };
}

/** The program's lines, in a drawn layout. */
export function writeProgram(program: FunctionProgram, random: Random): string[] {
  const layout = drawLayout(program.language, random);
  const { functions, language, main } = program;
  const text = (value: Expression) => expressionText(value, " ", language);
  const isPython = language === "python";
  const end = isPython ? "" : layout.end;
  const declared = isPython ? "" : `${layout.declare} `;
  return [
    ...functions.flatMap((definition) => [
      ...(isPython ? python(definition, layout) : javascript(definition, layout)),
      ...(layout.gap ? [""] : []),
    ]),
    ...main.map((statement) =>
      statement.kind === "assign"
        ? `${declared}${statement.name} = ${text(statement.value)}${end}`
        : `${isPython ? "print" : "console.log"}(${statement.values.map(text).join(", ")})${end}`,
    ),
  ];
}

/** A body as one expression with choices; undefined where it assigns. */
function choice(body: readonly Statement[], write: (statement: Statement) => string | undefined): string | undefined {
  return body.length === 1 ? write(body[0]!) : undefined;
}

function python({ name, params, body }: Definition, layout: Layout): string[] {
  const text = (value: Expression) => expressionText(value, " ", "python");
  const one = (statement: Statement): string | undefined => {
    if (statement.kind === "assign") return undefined;
    if (statement.kind === "return") return text(statement.value);
    const [yes, no] = [choice(statement.body, one), choice(statement.otherwise, one)];
    const isPlain = statement.body[0]?.kind === "return" && yes !== undefined && no !== undefined;
    return isPlain ? `${yes} if ${conditionText(statement.condition, "python", " ")} else ${no}` : undefined;
  };
  const lines = (part: readonly Statement[], margin: string): string[] =>
    part.flatMap((statement) => {
      if (statement.kind === "assign") return [`${margin}${statement.name} = ${text(statement.value)}`];
      if (statement.kind === "return") return [`${margin}return ${text(statement.value)}`];
      const inner = lines(statement.body, margin + layout.indent);
      const head = `${margin}if ${conditionText(statement.condition, "python", " ")}:`;
      if (!layout.otherwise) return [head, ...inner, ...lines(statement.otherwise, margin)];
      const [next] = statement.otherwise;
      const other = lines(statement.otherwise, next?.kind === "if" ? margin : margin + layout.indent);
      if (next?.kind === "if") return [head, ...inner, other[0]!.replace("if", "elif"), ...other.slice(1)];
      return [head, ...inner, `${margin}else:`, ...other];
    });
  const single = layout.choices ? choice(body, one) : undefined;
  const inside = single === undefined ? lines(body, layout.indent) : [`${layout.indent}return ${single}`];
  return [`def ${name}(${params.join(", ")}):`, ...inside];
}

function javascript({ name, params, body }: Definition, layout: Layout): string[] {
  const { indent, end } = layout;
  const text = (value: Expression) => expressionText(value, " ", "javascript");
  const one = (statement: Statement): string | undefined => {
    if (statement.kind === "assign") return undefined;
    if (statement.kind === "return") return text(statement.value);
    const [yes, no] = [choice(statement.body, one), choice(statement.otherwise, one)];
    const isPlain = statement.body[0]?.kind === "return" && yes !== undefined && no !== undefined;
    return isPlain ? `${conditionText(statement.condition, "javascript", " ")} ? ${yes} : ${no}` : undefined;
  };
  const lines = (part: readonly Statement[], margin: string): string[] =>
    part.flatMap((statement) => {
      if (statement.kind === "assign")
        return [`${margin}${layout.declare} ${statement.name} = ${text(statement.value)}${end}`];
      if (statement.kind === "return") return [`${margin}return ${text(statement.value)}${end}`];
      const head = `${margin}if (${conditionText(statement.condition, "javascript", " ")})`;
      if (!layout.otherwise && statement.body.length === 1)
        return [`${head} ${lines(statement.body, "")[0]}`, ...lines(statement.otherwise, margin)];
      const inner = lines(statement.body, margin + indent);
      if (!layout.otherwise) return [`${head} {`, ...inner, `${margin}}`, ...lines(statement.otherwise, margin)];
      const [next] = statement.otherwise;
      if (next?.kind === "if") {
        const other = lines(statement.otherwise, margin);
        return [`${head} {`, ...inner, `${margin}} else ${other[0]!.trimStart()}`, ...other.slice(1)];
      }
      return [`${head} {`, ...inner, `${margin}} else {`, ...lines(statement.otherwise, margin + indent), `${margin}}`];
    });
  const single = layout.choices || layout.arrows ? choice(body, one) : undefined;
  if (layout.arrows) {
    const head = `const ${name} = ${params.length === 1 && layout.choices ? params[0] : `(${params.join(", ")})`} =>`;
    if (single !== undefined) return [`${head} ${single}${end}`];
    return [`${head} {`, ...lines(body, indent), `}${end}`];
  }
  const inside = single === undefined ? lines(body, indent) : [`${indent}return ${single}${end}`];
  return [`function ${name}(${params.join(", ")}) {`, ...inside, "}"];
}
