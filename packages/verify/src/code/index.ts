// What `@lemma/verify/code` offers: judging programs by running them in a sandbox. An entry of its own, because it starts processes,
// which nothing else in this room does.

export { type CodeCheck, type CodeRequest, type CodeTest, type CodeTestVerdict, checkCode } from "./check-code.ts";
export { gradeProgram, gradeReply, type ProgramGrade, type ProgramRequest } from "./grade-program.ts";
export type { CodeLanguage } from "./interpreters.ts";
export { type CodeLimits, DEFAULT_LIMITS } from "./limits.ts";
export type { Stopped } from "./sandbox.ts";
export type { CodeValue } from "./values.ts";
