// A chart stream's transform_function: a formula of numbers, x (the value), p (the period in seconds), + - * / and brackets.

/** Answers f(x, p); throws an Error that says where the formula stops making sense. */
export function compile(formula) {
  const tokens = formula.match(/\d+(?:\.\d*)?|\.\d+|[xp()+\-*/]|\S/g) ?? [];
  let at = 0;
  const expected = what => new Error('In “' + formula + '”: ' + what + ' expected ' + (at < tokens.length ? 'before “' + tokens[at] + '”' : 'at the end'));

  function factor() {
    const token = tokens[at++];
    if (token === 'x') return x => x;
    if (token === 'p') return (x, p) => p;
    if (token === '-') {
      const of = factor();
      return (x, p) => -of(x, p);
    }
    if (token === '(') {
      const inner = sum();
      if (tokens[at++] !== ')') throw expected('“)”');
      return inner;
    }
    if (token === undefined || !/^[\d.]/.test(token)) {
      at--;
      throw expected('a number, x, p or “(”');
    }
    return () => Number(token);
  }

  function chain(operators, next) {
    let left = next();
    while (Object.hasOwn(operators, tokens[at] ?? '')) {
      const [apply, a, b] = [operators[tokens[at++]], left, next()];
      left = (x, p) => apply(a(x, p), b(x, p));
    }
    return left;
  }

  const product = () => chain({'*': (a, b) => a * b, '/': (a, b) => a / b}, factor);
  const sum = () => chain({'+': (a, b) => a + b, '-': (a, b) => a - b}, product);
  const whole = sum();
  if (at < tokens.length) throw expected('an operator');
  return whole;
}
