// What the verify room offers to the others: comparing, grading, checking steps and answers, and the interface by which task families
// plug in. Everything takes text and gives verdicts; nothing here reads files, clocks or the network.

export { Budget, DEFAULT_BUDGET } from "./budget.ts";
export { type EquivalentOptions, equivalent } from "./equivalent.ts";
export { isDerivative, solvesOde } from "./grade/calculus.ts";
export { type AnswerCheck, checkAnswer } from "./grade/check-answer.ts";
export { type Extracted, type ExtractorName, extractAnswer } from "./grade/extract.ts";
export { type Grade, type GradeRequest, grade, gradeAnswer } from "./grade/grade.ts";
export { withoutUnit } from "./grade/units.ts";
export { checkSteps, makeStepChecker, type StepCheckerOptions } from "./steps/checker.ts";
export type * from "./syntax/expression.ts";
export { type Reading, readExpression, readStatement, type Vocabulary } from "./syntax/statement.ts";
export * from "./task.ts";
export * from "./verdict.ts";
export { type LineResult, verifyLine } from "./verify-line.ts";
