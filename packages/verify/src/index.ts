// What the verify room offers to the others: comparing, grading, checking steps and answers, and the interface by which task families
// plug in. Everything takes text and gives verdicts; nothing here reads files, clocks or the network.

export { type AttemptSampling, attemptOptions, attemptSeed } from "./attempts/sampling.ts";
export {
  type AttemptsOptions,
  type CheckedReply,
  DEFAULT_ATTEMPTS,
  type Judged,
  Selection,
} from "./attempts/selection.ts";
export { type Generating, verifiedGenerate } from "./attempts/verified-generate.ts";
export { type Streaming, verifiedStream } from "./attempts/verified-stream.ts";
export { Budget, DEFAULT_BUDGET } from "./budget.ts";
export { type EquivalentOptions, equivalent } from "./equivalent.ts";
export { isAntiderivative, isDerivative, type OdeQuestion, solvesOde } from "./grade/calculus.ts";
export { type AnswerCheck, type AnswerRequest, answerChecks, checkAnswer } from "./grade/check-answer.ts";
export { judgeDivisors } from "./grade/divisors.ts";
export { type Extracted, type ExtractorName, extractAnswer } from "./grade/extract.ts";
export { type Form, hasForm } from "./grade/form.ts";
export { type Grade, type GradeRequest, grade, gradeAnswer } from "./grade/grade.ts";
export { namedValues } from "./grade/named-values.ts";
export { withoutUnit } from "./grade/units.ts";
export { type Formula, readFormula } from "./logic/formula.ts";
export { equivalentFormulas, follows } from "./logic/judge.ts";
export { isTrue, type Model } from "./logic/models.ts";
export { checkSteps, makeStepChecker, type StepCheckerOptions } from "./steps/checker.ts";
export { countSteps, type StepCounts } from "./steps/counts.ts";
export { ERROR_KINDS, type ErrorKind, type InjectedError, injectError } from "./steps/inject.ts";
export type * from "./syntax/expression.ts";
export { type Reading, readExpression, readStatement, type Vocabulary } from "./syntax/statement.ts";
export * from "./task.ts";
export * from "./verdict.ts";
export { type LineResult, verifyLine } from "./verify-line.ts";
