// Whether a question asks for an integral, by name or by stating a derivative. Owns the patterns: the readers of integrals and of
// derivatives share them, so that no question belongs to both.

const NAMED = /∫|\\int(?![a-z])|\bintegra|antiderivative|primitive|at the rate|积分|原函数|速率/iu;

/** `dy/dx = x^2`, `f'(x) = x^2`: what follows is a function and no question mark. */
const EQUATION = /(?:\bd[a-z]\s*\/\s*d[a-z]|\b[a-z]'(?:\([a-z]\))?)\s*=\s*[^\s?？.。]/i;

/** `functions have the derivative x^2`, `the derivative of a function is x^2`, `导数是x^2`, `differentiate what, to get x^2`. */
const IN_WORDS =
  /functions? ha(?:s|ve) (?:the )?derivative|derivative of (?:a|some) function is|(?:derive|differentiate) what|导函?数(?:是|等于|为)\s*[-\d(a-z]|对(?:什么|哪个函数)求导/iu;

/** Whether a question asks for the function that belongs to a derivative. */
export function asksIntegral(question: string): boolean {
  return NAMED.test(question) || EQUATION.test(question) || IN_WORDS.test(question);
}
