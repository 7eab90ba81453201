/** Largest value of a function with one hill between two places, by golden section. */
export function largest(f: (x: number) => number, from: number, to: number, steps: number) {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [atA, atB] = [f(a), f(b)];
  for (let step = 0; step < steps; step++) {
    if (atA > atB) {
      [high, b, atB] = [b, a, atA];
      a = high - golden * (high - low);
      atA = f(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + golden * (high - low);
      atB = f(b);
    }
  }
  return atA > atB ? { at: a, value: atA } : { at: b, value: atB };
}

/** The farthest place from `inside` towards `outside` that still holds, by halving. */
export function lastWhere(
  holds: (x: number) => boolean,
  inside: number,
  outside: number,
  steps = 50,
): number {
  if (holds(outside)) return outside;
  let [near, far] = [inside, outside];
  for (let step = 0; step < steps; step++) {
    const middle = (near + far) / 2;
    if (holds(middle)) near = middle;
    else far = middle;
  }
  return near;
}
