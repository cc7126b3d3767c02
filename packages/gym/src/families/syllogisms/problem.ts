// Syllogisms: statements about classes, and whether a claim follows from premises. Owns statements, what follows (by regions: what a single
// thing may be), the key; knows no words and no drawing.
//
// Universal statements (all, no) forbid regions, particular ones (some, some-not) need a thing in one. So a claim follows just where the
// premises and its denial can't hold together: some particular statement among them finds all its regions forbidden.

export type Form = "all" | "no" | "some" | "some-not";

export const FORMS: readonly Form[] = ["all", "no", "some", "some-not"];

/** A statement about two classes, by number. */
export interface Statement {
  readonly form: Form;
  readonly subject: number;
  readonly predicate: number;
}

/** Premises and a claim; classes have numbers from 0 in the order in which the premises name them. */
export interface Syllogism {
  readonly premises: readonly Statement[];
  readonly claim: Statement;
}

/** One problem: a theme of nouns.ts and an index of a noun for each class. */
export interface Problem extends Syllogism {
  readonly theme: number;
  readonly nouns: readonly number[];
  /** The nouns as a question has them. */
  readonly words?: readonly string[];
}

/** Whether a thing is in a class. */
export interface Literal {
  readonly of: number;
  readonly yes: boolean;
}

export const isUniversal = ({ form }: Statement): boolean => form === "all" || form === "no";

/** The two literals of a statement: what a particular one needs together, what a universal one lets the first imply. */
export const literalsOf = ({ form, subject, predicate }: Statement): readonly [Literal, Literal] => [
  { of: subject, yes: true },
  { of: predicate, yes: form === "all" || form === "some" },
];

const CONTRADICTORY: Readonly<Record<Form, Form>> = { all: "some-not", "some-not": "all", no: "some", some: "no" };

/** What is true just where a statement is false. */
export const denialOf = (statement: Statement): Statement => ({ ...statement, form: CONTRADICTORY[statement.form] });

/** All classes that statements name, in their order. */
export const classesOf = (statements: readonly Statement[]): number[] => [
  ...new Set(statements.flatMap(({ subject, predicate }) => [subject, predicate])),
];

/** Whether a universal statement forbids a thing of which so much is known. */
export function forbids(statement: Statement, known: readonly Literal[]): boolean {
  const [first, second] = literalsOf(statement);
  const has = (of: number, yes: boolean) => known.some((literal) => literal.of === of && literal.yes === yes);
  return isUniversal(statement) && has(first.of, true) && has(second.of, !second.yes);
}

/** Whether a thing of which so much is known can be, under the universal ones of some statements. */
export function canBe(
  known: readonly Literal[],
  statements: readonly Statement[],
  classes: readonly number[],
): boolean {
  if (statements.some((statement) => forbids(statement, known))) return false;
  const next = classes.find((of) => !known.some((literal) => literal.of === of));
  return next === undefined || [true, false].some((yes) => canBe([...known, { of: next, yes }], statements, classes));
}

/** Whether statements can hold together; `inhabited`: with a thing in each class. */
export function consistent(statements: readonly Statement[], inhabited: boolean): boolean {
  const classes = classesOf(statements);
  const needed = statements.filter((statement) => !isUniversal(statement)).map(literalsOf) as (readonly Literal[])[];
  if (inhabited) needed.push(...classes.map((of) => [{ of, yes: true }]));
  return needed.every((known) => canBe(known, statements, classes));
}

/** Premises with the denial of the claim: they hold together just where the claim does not follow. */
export const denied = ({ premises, claim }: Syllogism): Statement[] => [...premises, denialOf(claim)];

export const follows = (problem: Syllogism): boolean => !consistent(denied(problem), false);

/** Whether everybody agrees on the answer: the premises can hold, and it does not matter whether a class may be empty. */
export const isPlain = (problem: Syllogism): boolean =>
  consistent(problem.premises, true) && follows(problem) === !consistent(denied(problem), true);

/**
 * Whether the claim follows, in another way: what is known of the thing that a particular statement needs is closed under the universal
 * ones and their contrapositives, and a contradiction looked for.
 */
export function followsByClosure(problem: Syllogism): boolean {
  const all = denied(problem);
  const rules = all.filter(isUniversal).flatMap((statement): [number, number][] => {
    const [{ of: from }, { of: to, yes }] = literalsOf(statement);
    // Literals as signed numbers: class c is c+1, its complement -(c+1).
    const [a, b] = [from + 1, yes ? to + 1 : -(to + 1)];
    return [
      [a, b],
      [-b, -a],
    ];
  });
  return all
    .filter((statement) => !isUniversal(statement))
    .some((statement) => {
      const known = new Set(literalsOf(statement).map(({ of, yes }) => (yes ? of + 1 : -(of + 1))));
      for (let size = -1; size !== known.size; ) {
        size = known.size;
        for (const [from, to] of rules) if (known.has(from)) known.add(to);
      }
      return [...known].some((literal) => known.has(-literal));
    });
}

function permutations(entries: readonly number[]): number[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}

/** A statement with other numbers; "some" and "no" say the same both ways. */
function canonical({ form, subject, predicate }: Statement, order: readonly number[]): string {
  const sides = [order.indexOf(subject), order.indexOf(predicate)];
  if (form === "some" || form === "no") sides.sort();
  return `${form} ${sides.join(" ")}`;
}

/** Whether two statements say the same. */
export const saysSame = (a: Statement, b: Statement): boolean => {
  const order = [...Array(10).keys()];
  return canonical(a, order) === canonical(b, order);
};

/** Equal for equal problems: names of classes, order of premises and the two ways of "some" and "no" are forgotten. */
export function problemKey({ premises, claim }: Syllogism): string {
  return permutations(classesOf([...premises, claim]))
    .map((order) => {
      const given = premises.map((premise) => canonical(premise, order)).sort();
      return `${given.join("; ")} |= ${canonical(claim, order)}`;
    })
    .sort()[0]!;
}
