/** A mean gradient that no longer moves anything. */
const negligible = 1e-12;

/**
 * Adam (Kingma & Ba, 2015) on one array of numbers, bettered in place.
 * @param rate the largest step
 * @param decay how much of each number counts against it with every step
 */
export function createAdam(numbers: Float32Array, { rate, decay = 0 }: { rate: number; decay?: number }) {
  const [first, second, gradient] = [new Float32Array(numbers.length), new Float32Array(numbers.length), new Float32Array(numbers.length)];
  let steps = 0;
  return {
    numbers,
    /** Where what the examples of a batch say is summed, until the step. */
    gradient,
    /**
     * Goes a step by the mean of what so many examples say.
     * @param share of the rate
     */
    step(examples: number, share = 1): void {
      steps++;
      const [m, v] = [1 - 0.9 ** steps, 1 - 0.999 ** steps];
      const step = (share * rate) / m;
      for (let i = 0; i < numbers.length; i++) {
        const g = gradient[i]! / examples + decay * numbers[i]!;
        const old = first[i]!;
        // A word that is seldom seen has nothing to change most of the time.
        if (g === 0 && Math.abs(old) < negligible) continue;
        const one = 0.9 * old + 0.1 * g;
        const two = 0.999 * second[i]! + 0.001 * g * g;
        first[i] = one;
        second[i] = two;
        gradient[i] = 0;
        numbers[i]! -= (step * one) / (Math.sqrt(two / v) + 1e-8);
      }
    },
  };
}
