// Problems of family relations: facts "X is the mother of Y" and two people. Owns following the facts from one to the other, a second way by the
// whole tree, and the key; knows no words.

import { composed, type Gender, type Kin, type Kind, type Step } from "./kin.ts";

/** "`who` is the mother (parent, female) of `to`". */
export interface Fact {
  readonly who: number;
  readonly step: Step;
  readonly gender: Gender;
  readonly to: number;
}

/** People have numbers; each is the first of at most one fact, so that only one way leads on from him. */
export interface Family {
  readonly facts: readonly Fact[];
  readonly who: number;
  readonly to: number;
}

/** One problem; names by the number of a person. */
export interface Problem extends Family {
  readonly people: readonly number[];
  readonly names?: readonly string[];
}

/** The facts from one person to another; undefined where they lead elsewhere. */
export function pathOf({ facts }: Pick<Family, "facts">, who: number, to: number): readonly Fact[] | undefined {
  const path: Fact[] = [];
  for (let at = who; at !== to; at = path.at(-1)!.to) {
    const fact = facts.find((one) => one.who === at);
    if (fact === undefined || path.length >= facts.length) return undefined;
    path.push(fact);
  }
  return path.length === 0 ? undefined : path;
}

/** What each person of a path is to the last: relations in the order of the path; undefined where one is left open. */
export function relationsOf(path: readonly Fact[]): readonly Kin[] | undefined {
  const relations: Kin[] = [];
  for (const { step, gender } of path.toReversed()) {
    const before = relations[0];
    const kin: Kin | undefined = before === undefined ? { kind: step, gender } : composed(step, gender, before);
    if (kin === undefined) return undefined;
    relations.unshift(kin);
  }
  return relations;
}

/** What one person is to another, by the path of facts. */
export function relation(family: Family, who = family.who, to = family.to): Kin | undefined {
  const path = pathOf(family, who, to);
  return path === undefined ? undefined : relationsOf(path)?.[0];
}

/** Everybody with a mother and a father, named or not; facts make some of them the same. */
class Tree {
  readonly #same: number[] = [];
  readonly #parents: ([number, number] | undefined)[] = [];
  readonly #people = new Map<number, number>();
  readonly #genders: ReadonlyMap<number, Gender>;

  constructor(facts: readonly Fact[]) {
    this.#genders = new Map(facts.map((fact) => [fact.who, fact.gender]));
    for (const { who, step, gender, to } of facts) {
      const [a, b] = [this.person(who), this.person(to)];
      // Of whom no fact tells the gender may be a mother as well as a father.
      if (step === "parent") this.#merge(this.#slots(b)[gender === "male" ? 1 : 0], a);
      else if (step === "child") this.#merge(this.#slots(a)[this.#genders.get(to) === "male" ? 1 : 0], b);
      else for (const at of [0, 1] as const) this.#merge(this.#slots(a)[at], this.#slots(b)[at]);
    }
  }

  #node(): number {
    return this.#same.push(this.#same.length) - 1;
  }

  #find(one: number): number {
    return this.#same[one] === one ? one : this.#find(this.#same[one]!);
  }

  #slots(one: number): [number, number] {
    const root = this.#find(one);
    this.#parents[root] ??= [this.#node(), this.#node()];
    return this.#parents[root]!;
  }

  #merge(a: number, b: number): void {
    const [p, q] = [this.#find(a), this.#find(b)];
    if (p === q) return;
    const [mine, other] = [this.#parents[p], this.#parents[q]];
    this.#same[q] = p;
    if (mine === undefined) this.#parents[p] = other;
    else if (other !== undefined) for (const at of [0, 1] as const) this.#merge(mine[at], other[at]);
  }

  /** The node of a person. */
  person(number: number): number {
    const known = this.#people.get(number) ?? this.#node();
    this.#people.set(number, known);
    return this.#find(known);
  }

  /** Mother and father. */
  parents(one: number): number[] {
    return this.#slots(one).map((parent) => this.#find(parent));
  }

  areSiblings(a: number, b: number): boolean {
    return a !== b && this.parents(a).some((parent) => this.parents(b).includes(parent));
  }

  genderOf(one: number): Gender | undefined {
    const found = [...this.#people].find(([number, at]) => this.#find(at) === one && this.#genders.has(number));
    return found === undefined ? undefined : this.#genders.get(found[0]);
  }

  /** Whether no two people turned out to be one, as where somebody has two mothers. */
  get isSound(): boolean {
    return new Set([...this.#people.keys()].map((number) => this.person(number))).size === this.#people.size;
  }
}

/** Whether the facts can all be true. */
export const isSound = (facts: readonly Fact[]): boolean => new Tree(facts).isSound;

/** What `who` is to `to`, in another way: by comparing the parents of both in the whole tree. */
export function relationByTree({ facts, who, to }: Family): Kin | undefined {
  const tree = new Tree(facts);
  const gender = facts.find((fact) => fact.who === who)!.gender;
  const [x, y] = [tree.person(who), tree.person(to)];
  const made = (kind: Kind, via?: Gender): Kin => (via === undefined ? { kind, gender } : { kind, gender, via });
  if (tree.parents(y).includes(x)) return made("parent");
  if (tree.parents(x).includes(y)) return made("child");
  if (tree.areSiblings(x, y)) return made("sibling");
  for (const [at, parent] of tree.parents(y).entries()) {
    const line = at === 1 ? "male" : "female";
    if (tree.parents(parent).includes(x)) return made("grandparent", line);
    if (tree.areSiblings(x, parent)) return made("aunt-uncle", line);
  }
  for (const parent of tree.parents(x)) {
    if (tree.parents(parent).includes(y)) return made("grandchild", tree.genderOf(parent));
    if (tree.areSiblings(parent, y)) return made("niece-nephew", tree.genderOf(parent));
  }
  return undefined;
}

/** Equal for equal problems: names, order of facts and facts beside the path are forgotten. */
export function problemKey(family: Family): string {
  return pathOf(family, family.who, family.to)!
    .map(({ step, gender }) => `${gender} ${step}`)
    .join(" of ");
}
