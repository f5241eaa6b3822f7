/** A text and its slots: names, and values that stand in the text as they are. */
export type Slotted = { text: string; slots: readonly (readonly [name: string, value: string])[] };

const outside = '-';
const epochs = 8;

/** For each character which slot it belongs to, `B` where one begins; a value is found from where the last one ended on, so that order tells two alike. */
export function labelsOf({ text, slots }: Slotted): string[] {
  const labels: string[] = new Array(text.length).fill(outside);
  let from = 0;
  for (const [name, value] of slots) {
    const at = [text.indexOf(value, from), text.indexOf(value)].find((one) => one >= 0 && labels[one] === outside);
    if (value === '' || at === undefined) continue;
    for (let n = at; n < at + value.length; n++) labels[n] = `${n === at ? 'B' : 'I'} ${name}`;
    from = at + value.length;
  }
  return labels;
}

/** What a character's label can be told by: the characters around it, alone and in pairs, and the label before. */
function featuresAt(text: string, at: number, before: string): string[] {
  const char = (by: number) => text[at + by] ?? '·';
  const around = [-2, -1, 0, 1, 2].map((by) => `${by}${char(by)}`);
  const pairs = [-2, -1, 0, 1].map((by) => `${by}${char(by)}${char(by + 1)}`);
  return [...around, ...pairs, `<${before}`, `<${before}${char(0)}`, `=${char(-1)}${char(0)}${char(1)}`];
}

/**
 * Finds slots character by character, left to right: an averaged perceptron (Collins, "Discriminative training methods for hidden Markov models",
 * EMNLP 2002) with the label before as a feature.
 */
export function trainSlots(train: readonly Slotted[]): (text: string) => (readonly [string, string])[] {
  const weights = new Map<string, Map<string, { now: number; sum: number; at: number }>>();
  const labels = [...new Set(train.flatMap(labelsOf))];
  let step = 0;
  const score = (features: readonly string[], averaged: boolean) => {
    const total = new Map(labels.map((label) => [label, 0]));
    for (const feature of features)
      for (const [label, weight] of weights.get(feature) ?? [])
        total.set(label, total.get(label)! + (averaged ? weight.sum + (step - weight.at) * weight.now : weight.now));
    return [...total].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  };
  const learn = (feature: string, label: string, by: number) => {
    const of = weights.get(feature) ?? new Map();
    weights.set(feature, of);
    const weight = of.get(label) ?? { now: 0, sum: 0, at: step };
    weight.sum += (step - weight.at) * weight.now;
    weight.now += by;
    weight.at = step;
    of.set(label, weight);
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const one of train) {
      const wants = labelsOf(one);
      for (let at = 0; at < one.text.length; at++) {
        const features = featuresAt(one.text, at, wants[at - 1] ?? '');
        const got = score(features, false);
        step += 1;
        if (got === wants[at]) continue;
        for (const feature of features) {
          learn(feature, wants[at]!, 1);
          learn(feature, got, -1);
        }
      }
    }
  }
  return (text) => {
    const slots: [string, string][] = [];
    let before = '';
    for (let at = 0; at < text.length; at++) {
      const label = score(featuresAt(text, at, before), true);
      const name = label.slice(2);
      const last = slots.at(-1);
      if (label.startsWith('B') || (label.startsWith('I') && before.slice(2) !== name)) slots.push([name, text[at]!]);
      else if (label.startsWith('I') && last) last[1] += text[at]!;
      before = label;
    }
    return slots;
  };
}
