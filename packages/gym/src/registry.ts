// The families of the gym, by id. Owns the list; a new family is one import and one entry here.

import { LemmaError } from "@lemma/protocol";
import { registerTask } from "@lemma/verify";
import { about } from "./families/about/family.ts";
import { additionSubtraction } from "./families/addition-subtraction/family.ts";
import { blocksWorld } from "./families/blocks-world/family.ts";
import { complexArithmetic } from "./families/complex-arithmetic/family.ts";
import { contractClauses } from "./families/contract-clauses/family.ts";
import { coordinateGeometry } from "./families/coordinate-geometry/family.ts";
import { countdown } from "./families/countdown/family.ts";
import { counting } from "./families/counting/family.ts";
import { cryptarithms } from "./families/cryptarithms/family.ts";
import { definiteIntegrals } from "./families/definite-integrals/family.ts";
import { derivatives } from "./families/derivatives/family.ts";
import { determinants } from "./families/determinants/family.ts";
import { documentRetrieval } from "./families/document-retrieval/family.ts";
import { documentTracing } from "./families/document-tracing/family.ts";
import { eigenvalues } from "./families/eigenvalues/family.ts";
import { expandFactor } from "./families/expand-factor/family.ts";
import { familyRelations } from "./families/family-relations/family.ts";
import { financialStatements } from "./families/financial-statements/family.ts";
import { finiteAutomata } from "./families/finite-automata/family.ts";
import { firstOrderLogic } from "./families/first-order-logic/family.ts";
import { fractions } from "./families/fractions/family.ts";
import { functionCalls } from "./families/function-calls/family.ts";
import { gcdFactors } from "./families/gcd-factors/family.ts";
import { graphColouring } from "./families/graph-colouring/family.ts";
import { graphReachability } from "./families/graph-reachability/family.ts";
import { gridPaths } from "./families/grid-paths/family.ts";
import { inequalities } from "./families/inequalities/family.ts";
import { integrals } from "./families/integrals/family.ts";
import { knightsKnaves } from "./families/knights-knaves/family.ts";
import { limits } from "./families/limits/family.ts";
import { linearEquations } from "./families/linear-equations/family.ts";
import { linearOdes } from "./families/linear-odes/family.ts";
import { linearSystems } from "./families/linear-systems/family.ts";
import { magicSquares } from "./families/magic-squares/family.ts";
import { matrixProducts } from "./families/matrix-products/family.ts";
import { modularArithmetic } from "./families/modular-arithmetic/family.ts";
import { multiplication } from "./families/multiplication/family.ts";
import { numberBases } from "./families/number-bases/family.ts";
import { ordering } from "./families/ordering/family.ts";
import { polygonAreas } from "./families/polygon-areas/family.ts";
import { probability } from "./families/probability/family.ts";
import { programOutput } from "./families/program-output/family.ts";
import { programRepair } from "./families/program-repair/family.ts";
import { programSynthesis } from "./families/program-synthesis/family.ts";
import { propositionalLogic } from "./families/propositional-logic/family.ts";
import { quadratics } from "./families/quadratics/family.ts";
import { ratesPercent } from "./families/rates-percent/family.ts";
import { sequences } from "./families/sequences/family.ts";
import { setOperations } from "./families/set-operations/family.ts";
import { shortestPaths } from "./families/shortest-paths/family.ts";
import { sortingSteps } from "./families/sorting-steps/family.ts";
import { stackMachines } from "./families/stack-machines/family.ts";
import { statistics } from "./families/statistics/family.ts";
import { stringAlgorithms } from "./families/string-algorithms/family.ts";
import { sudoku } from "./families/sudoku/family.ts";
import { syllogisms } from "./families/syllogisms/family.ts";
import { tableReading } from "./families/table-reading/family.ts";
import { topologicalOrder } from "./families/topological-order/family.ts";
import { unitsDates } from "./families/units-dates/family.ts";
import { waterJugs } from "./families/water-jugs/family.ts";
import { zebra } from "./families/zebra/family.ts";
import type { Family } from "./family.ts";

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  (
    [
      additionSubtraction,
      multiplication,
      fractions,
      gcdFactors,
      linearEquations,
      linearSystems,
      quadratics,
      expandFactor,
      derivatives,
      integrals,
      linearOdes,
      ordering,
      knightsKnaves,
      propositionalLogic,
      zebra,
      graphReachability,
      countdown,
      programOutput,
      sequences,
      modularArithmetic,
      programRepair,
      programSynthesis,
      stringAlgorithms,
      ratesPercent,
      unitsDates,
      determinants,
      counting,
      numberBases,
      complexArithmetic,
      inequalities,
      matrixProducts,
      eigenvalues,
      setOperations,
      limits,
      definiteIntegrals,
      coordinateGeometry,
      polygonAreas,
      probability,
      statistics,
      firstOrderLogic,
      syllogisms,
      familyRelations,
      sudoku,
      magicSquares,
      graphColouring,
      cryptarithms,
      shortestPaths,
      gridPaths,
      topologicalOrder,
      waterJugs,
      blocksWorld,
      functionCalls,
      stackMachines,
      finiteAutomata,
      sortingSteps,
      tableReading,
      financialStatements,
      contractClauses,
      documentRetrieval,
      documentTracing,
      about,
    ] as unknown as Family[]
  ).map((family) => [family.id, family]),
);

for (const family of FAMILIES.values()) registerTask(family.checker);

/** All families, in the order of `lemma gym list`. */
export function families(): Family[] {
  return [...FAMILIES.values()];
}

/** The family with this id. Throws LEMMA_E_TASK. */
export function familyById(id: string): Family {
  const family = FAMILIES.get(id);
  if (family === undefined) throw new LemmaError("LEMMA_E_TASK", { task: id, tasks: [...FAMILIES.keys()].join(", ") });
  return family;
}
