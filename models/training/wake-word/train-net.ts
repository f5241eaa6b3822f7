import { randomFrom } from '../../src/fixtures.ts';
import { judgeWake, type WakeNet } from '../../src/speech/wake/wake-head.ts';
import { width, windowSteps } from '../../src/speech/wake/wake-shape.ts';
import { createAdam } from '../adam.ts';

const inputs = windowSteps * width;
const hidden = 32;
const [rate, decay, batch] = [0.001, 1e-4, 64];
/** The share of inputs that are left out of each example, so that none is relied on (Srivastava et al., 2014). */
const dropped = 0.3;
/** So sure and right, an example teaches nothing more. */
const learnt = 0.01;

export type Example = { window: Float32Array; is: 0 | 1; weight: number };

/** A net that knows nothing yet; its scale is that of the examples. */
export function freshNet(word: string, examples: readonly Example[], seed = 3): WakeNet {
  const random = randomFrom(seed);
  const [mean, square] = [new Float32Array(inputs), new Float32Array(inputs)];
  for (const { window } of examples)
    for (let i = 0; i < inputs; i++) {
      mean[i]! += window[i]! / examples.length;
      square[i]! += window[i]! ** 2 / examples.length;
    }
  const spread = Math.sqrt(2 / inputs) * 1.7;
  return {
    word,
    hidden,
    from: 0.5,
    mean,
    factor: mean.map((value, i) => 1 / Math.sqrt(square[i]! - value * value + 1e-3)),
    first: Float32Array.from({ length: inputs * hidden }, () => spread * (random(2001) / 1000 - 1)),
    firstBias: new Float32Array(hidden),
    second: Float32Array.from({ length: hidden }, () => random(2001) / 1000 - 1),
    secondBias: -1,
  };
}

/** Goes through the examples once, in an order drawn from `seed`, and betters the net in place. Gives the mean loss. */
export function learn(net: WakeNet, examples: readonly Example[], adams: Adams, seed: number): number {
  const random = randomFrom(seed);
  const order = examples.map((_, at) => at);
  for (let at = order.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  const [scaled, layer] = [new Float32Array(inputs), new Float32Array(hidden)];
  let [loss, weights, inBatch] = [0, 0, 0];
  for (const which of order) {
    const { window, is, weight } = examples[which]!;
    for (let i = 0; i < inputs; i++)
      scaled[i] = random(1000) < 1000 * dropped ? 0 : ((window[i]! - net.mean[i]!) * net.factor[i]!) / (1 - dropped);
    let sum = net.secondBias;
    for (let unit = 0; unit < hidden; unit++) {
      let input = net.firstBias[unit]!;
      const row = unit * inputs;
      for (let i = 0; i < inputs; i++) input += net.first[row + i]! * scaled[i]!;
      layer[unit] = input;
      if (input > 0) sum += input * net.second[unit]!;
    }
    const chance = 1 / (1 + Math.exp(-sum));
    const wrong = chance - is;
    loss -= weight * Math.log(Math.max(1e-7, is ? chance : 1 - chance));
    weights += weight;
    if (Math.abs(wrong) > learnt) {
      teach(net, adams, scaled, layer, wrong * weight);
      inBatch++;
    }
    if (inBatch < batch) continue;
    for (const adam of Object.values(adams)) adam.step(batch);
    net.secondBias = adams.bias.numbers[0]!;
    inBatch = 0;
  }
  return loss / weights;
}

function teach(net: WakeNet, adams: Adams, scaled: Float32Array, layer: Float32Array, wrong: number): void {
  adams.bias.gradient[0]! += wrong;
  for (let unit = 0; unit < hidden; unit++) {
    if (layer[unit]! <= 0) continue;
    adams.second.gradient[unit]! += wrong * layer[unit]!;
    const back = wrong * net.second[unit]!;
    adams.firstBias.gradient[unit]! += back;
    const row = unit * inputs;
    const { gradient } = adams.first;
    for (let i = 0; i < inputs; i++) gradient[row + i]! += back * scaled[i]!;
  }
}

export function adamsFor(net: WakeNet) {
  const bias = Float32Array.of(net.secondBias);
  const adam = (numbers: Float32Array) => createAdam(numbers, { rate, decay });
  return { first: adam(net.first), firstBias: adam(net.firstBias), second: adam(net.second), bias: adam(bias) };
}
type Adams = ReturnType<typeof adamsFor>;

/** The examples the net is most wrong about, so many of them. */
export function hardest(net: WakeNet, examples: readonly Example[], count: number): Example[] {
  const wrong = Float32Array.from(examples, ({ window, is }) => Math.abs(judgeWake(net, window) - is));
  return [...examples.keys()]
    .toSorted((a, b) => wrong[b]! - wrong[a]!)
    .slice(0, count)
    .map((at) => examples[at]!);
}
