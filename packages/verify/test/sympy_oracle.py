"""Answers questions of the oracle tests with SymPy, one JSON object a line in and out. Must not know the kernel under test.

{"value": "exp(x/3)", "digits": 60}            -> {"value": "1.395612..."}          (constant expression, decimal)
{"a": "...", "b": "...", "positive": [...]}    -> {"equal": true | false | null}    (same function of real symbols?)
{"derivative": "...", "variable": "x"}         -> {"value": "..."}                  (SymPy text)
{"derivative": "...", "variable": "x", "is": "..."} -> {"equal": true | false | null} (is that the derivative?)
{"left": "...", "right": "..."}                -> {"equal": true | false | null}    (same real solution set of two relations in x?)

And one form for each further area of the equivalence proof: {"ode", "solution", "conditions"}, {"system", "other"}, {"relation", "region"},
{"congruences", "others"} (lists of left, right, modulus), {"logic": [a, b]}.
"""

import json
import re
import signal
import sys

import sympy
from sympy import S, Symbol, simplify, sympify


def symbols(names):
    return {name: Symbol(name, real=True) for name in names}


LOCALS = symbols(["x", "y", "z", "a", "b", "t", "C", "C1", "C2", "K", "Y0", "Y1", "Y2"])
LOCALS.update({"e": sympy.E, "ln": sympy.log, "abs": sympy.Abs, "cbrt": lambda of: sympy.real_root(of, 3)})


def read(text):
    return sympify(text.replace("^", "**"), locals=LOCALS)


def equal(a, b):
    difference = a - b
    if difference == 0:
        return True
    free = sorted(difference.free_symbols, key=str)
    points = [(2, 3, 5), (S(1) / 3, S(7) / 2, S(1) / 5), (-2, S(3) / 4, -3), (S(9) / 4, -S(5) / 3, 4), (S(1) / 10, 6, S(2) / 7), (7, S(1) / 9, 11)]
    seen = 0
    for point in points:
        values = dict(zip(free, point))
        left, right = sympy.N(a.subs(values), 60), sympy.N(b.subs(values), 60)
        if not (left.is_number and right.is_number and left.is_finite and right.is_finite):
            continue
        if abs(sympy.im(left)) > 1e-40 or abs(sympy.im(right)) > 1e-40:
            continue
        seen += 1
        if abs(left - right) > S(10) ** -40 * (1 + abs(left)):
            return False
    if sympy.simplify(difference) == 0:
        return True
    return None if seen == 0 else "numerically"


def solution_set(text):
    x = LOCALS["x"]
    for operator, relation in (("<=", sympy.Le), (">=", sympy.Ge), ("!=", sympy.Ne), ("<", sympy.Lt), (">", sympy.Gt), ("=", sympy.Eq)):
        if operator in text:
            left, right = text.split(operator)
            condition = relation(read(left), read(right))
            if condition == True:  # noqa: E712
                return S.Reals
            if condition == False:  # noqa: E712
                return S.EmptySet
            return sympy.solveset(condition, x, domain=S.Reals)
    raise ValueError(text)


def general_solution(item):
    """Residual, conditions, and as many independent constants as the conditions leave."""
    x, solution = LOCALS["x"], read(item["solution"])
    values = {LOCALS[f"Y{order}"]: sympy.diff(solution, x, order) for order in range(3)}
    text = re.sub(r"y('{0,2})", lambda found: f"Y{len(found[1])}", item["ode"])
    left, right = (read(side).subs(values) for side in text.split("="))
    residual = equal(left, right)
    if residual is not True and residual != "numerically":
        return residual
    for condition in item["conditions"]:
        order, at, value = re.fullmatch(r"y('*)\((.*?)\)=(.*)", condition).groups()
        met = equal(sympy.diff(solution, x, len(order)).subs(x, read(at)), read(value))
        if met is not True and met != "numerically":
            return met
    needed = (2 if "''" in item["ode"] else 1) - len(item["conditions"])
    constants = sorted(solution.free_symbols - {x}, key=str)
    if len(constants) < needed:
        return False
    rows = [[sympy.diff(solution, c, 1, x, order) if order else sympy.diff(solution, c) for c in constants] for order in range(needed)]
    matrix = sympy.Matrix(rows or [[1]]).subs(x, sympy.Rational(1, 3))
    return bool(sympy.N(matrix, 30).rank(iszerofunc=lambda v: abs(v) < 1e-20) >= needed) and residual


def linear_solutions(lines):
    names = [LOCALS[name] for name in "xyz" if any(name in line for line in lines)]
    return sympy.linsolve([read(left) - read(right) for left, right in (line.split("=") for line in lines)], names)


def region(item):
    ends = [(read(low) if low else -sympy.oo, read(high) if high else sympy.oo, a, b) for low, high, a, b in item["region"]]
    return sympy.Union(*(sympy.Interval(*end) for end in ends)) if ends else S.EmptySet


def holds(congruences, value):
    at = {LOCALS["x"]: value}
    return all((int(read(left).subs(at)) - int(read(right).subs(at))) % modulus == 0 for left, right, modulus in congruences)


def other_areas(item):
    if "ode" in item:
        return general_solution(item)
    if "system" in item:
        return linear_solutions(item["system"]) == linear_solutions(item["other"])
    if "relation" in item:
        difference = solution_set(item["relation"]).symmetric_difference(region(item))
        return difference.is_empty
    if "logic" in item:
        a, b = (sympify(text) for text in item["logic"])
        return sympy.satisfiable(sympy.Xor(a, b)) is False
    moduli = [modulus for _, _, modulus in item["congruences"] + item["others"]]
    return all(holds(item["congruences"], v) == holds(item["others"], v) for v in range(sympy.ilcm(*moduli)))


def answer(item):
    if item.keys() & {"ode", "system", "relation", "logic", "congruences"}:
        return {"equal": other_areas(item)}
    if "value" in item:
        return {"value": str(sympy.N(read(item["value"]), item["digits"]))}
    if "is" in item:
        return {"equal": equal(sympy.diff(read(item["derivative"]), LOCALS[item["variable"]]), read(item["is"]))}
    if "derivative" in item:
        return {"value": str(sympy.diff(read(item["derivative"]), LOCALS[item["variable"]])).replace("**", "^")}
    if "left" in item:
        left, right = solution_set(item["left"]), solution_set(item["right"])
        if left == right:
            return {"equal": True}
        difference = left.symmetric_difference(right)
        return {"equal": difference.is_empty}
    return {"equal": equal(read(item["a"]), read(item["b"]))}


def give_up(_signal, _frame):
    raise TimeoutError("no answer within the CPU time of one question")


def main():
    signal.signal(signal.SIGVTALRM, give_up)
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_VIRTUAL, 3.0)
        try:
            result = answer(json.loads(line))
        except Exception as problem:  # an oracle that can't decide says so
            result = {"equal": None, "value": None, "problem": repr(problem)[:200]}
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    sys.set_int_max_str_digits(0) if hasattr(sys, "set_int_max_str_digits") else None
    main()
