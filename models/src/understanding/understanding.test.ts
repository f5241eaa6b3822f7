import { describe, expect, it } from 'vitest';
import { createNetLearner } from '../../training/train-net.ts';
import { createClassifier, trainClassifier } from './classifier.ts';
import { likenessTo, remember } from './familiar.ts';
import { logitsOf } from './head.ts';
import { readHead, writeHead } from './head-file.ts';
import { nGrams, readUnits } from './n-grams.ts';
import { createTagger, trainTagger } from './tagger.ts';
import { type Example, trainHead } from './train-head.ts';

const frames = [
  '%s please',
  'can you %s',
  'i want you to %s',
  '%s now',
  'would you %s for me',
  'hey, %s',
  '%s again',
  'could you %s today',
];
const wishes = { lights: ['switch on the lamp', 'turn the light on'], heat: ['warm the room', 'raise the temperature'] };
const examples: Example[] = Object.entries(wishes).flatMap(([label, said]) =>
  said.flatMap((one) => frames.map((frame) => ({ text: frame.replace('%s', one), labels: [label] }))),
);

describe('n-grams', () => {
  it('are the same for what a reader sees as the same', () => {
    expect(nGrams('ＰＲＥＳＳ the Brake!', 2 ** 15)).toEqual(nGrams('press  the brake!', 2 ** 15));
  });
  it('are shared by a word and its misspelling, and by Chinese sentences on one matter', () => {
    const shared = (a: string, b: string) => nGrams(a, 2 ** 15).filter((one) => nGrams(b, 2 ** 15).includes(one)).length;
    expect(shared('mattress', 'mattres')).toBeGreaterThan(10);
    expect(shared('电池没电了', '车的电池坏了')).toBeGreaterThan(shared('电池没电了', '天气很好'));
  });
  it.each(['', ' \u0000\u200f\u200b ', '🙂🙂', '\ud800', `${'brake '.repeat(100_000)}`])('take any text: %#', (text) => {
    for (const one of nGrams(text, 2 ** 10)) expect(one).toBeLessThan(2 ** 10);
    expect(nGrams(text, 2 ** 10)).toEqual(nGrams(text.slice(0, readUnits), 2 ** 10));
  });
});

describe('a linear head', () => {
  it('is the same to the bit when it is trained again', () => {
    const logits = () => logitsOf(trainHead(examples), { text: 'turn on the heat' });
    expect(logits()).toEqual(logits());
  });
  it('learns from vectors what the words do not show', () => {
    const vector = (sign: number) => Float32Array.from([sign, 0.3, -sign]);
    const seen = [1, -1, 1, -1].map((sign) => ({ text: 'the same words', labels: [sign > 0 ? 'up' : 'down'], vector: vector(sign) }));
    const head = trainHead(seen);
    const [down, up] = logitsOf(head, { text: 'the same words', vector: vector(1) });
    expect(head.labels).toEqual(['down', 'up']);
    expect(up).toBeGreaterThan(down!);
    expect(() => logitsOf(head, { text: 'no vector' })).toThrow(/vector of 3/);
  });
  it('is the same, but for a hundredth, when it was kept in a file', () => {
    const kept = trainClassifier(examples);
    const again = readHead(writeHead(kept));
    expect(again).toMatchObject({ temperature: kept.temperature, from: kept.from, head: { labels: ['heat', 'lights'] } });
    const [was, is] = [kept.head, again.head].map((head) => logitsOf(head, { text: 'turn on the heat' }));
    for (const k of [0, 1]) expect(Math.abs(was![k]! - is![k]!)).toBeLessThan(0.02);
  });
  it.each([
    ['nothing', (file: Buffer) => file.subarray(0, 0)],
    ['half of it', (file: Buffer) => file.subarray(0, file.length / 2)],
    ['more than it', (file: Buffer) => Buffer.concat([file, file])],
    ['text', () => Buffer.from('not a head at all, only words')],
  ])('is not read from %s', (_, damage) => {
    expect(() => readHead(damage(writeHead(trainClassifier(examples))))).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });
});

describe('a classifier', () => {
  const classifier = createClassifier(trainClassifier(examples));

  it('knows what is said in a way it has not seen', () => {
    expect(classifier.judge({ text: 'the lamp, switch it on' })).toMatchObject({ label: 'lights', outside: false });
    expect(classifier.judge({ text: 'room temperature, raise it' })).toMatchObject({ label: 'heat', outside: false });
  });
  it('is less sure of what is about nothing it knows', () => {
    const known = classifier.judge({ text: 'warm the room' }).confidence;
    for (const text of ['who won the match', '', '今天星期几']) expect(classifier.judge({ text }).confidence).toBeLessThan(known);
  });
  it('finds strange what lies far from all that it learned, however sure the head is', () => {
    const at = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle), 0.1);
    const near = (label: string, angle: number) =>
      Array.from({ length: 20 }, (_, n) => ({ text: 'the same words', labels: [label], vector: at(angle + n / 100) }));
    const remembers = createClassifier(trainClassifier([...near('up', 0.2), ...near('left', 1.2)]));
    const judged = (angle: number) => remembers.judge({ text: 'the same words', vector: at(angle) });
    expect(judged(0.25)).toMatchObject({ label: 'up', outside: false });
    expect(judged(-1.5)).toMatchObject({ outside: true });
    expect(judged(-1.5).familiar).toBeLessThan(judged(0.25).familiar);
  });
  it('finds words in common a likeness beside that of the vectors', () => {
    const vector = Float32Array.of(1, 0.2);
    const taught = examples.map((one, n) => ({ ...one, vector: Float32Array.of(Math.cos(n), Math.sin(n)) }));
    const head = trainHead([...taught, { text: 'warm the room', labels: ['heat'], vector }]);
    const memory = remember(head, [{ text: 'warm the room', labels: ['heat'], vector }]);
    const likeness = (text: string, label = 'heat') => likenessTo(label, memory, head, { text, vector });
    expect(likeness('warm the room')).toBeCloseTo(1.5);
    expect(likeness('warm the rooom')).toBeGreaterThan(likeness('switch on the lamp'));
    expect(likeness('今天星期几')).toBeCloseTo(1);
    expect(likeness('warm the room', 'lights')).toBe(-1);
  });
  it('is no surer of itself for examples that are there three times', () => {
    // What belongs where cannot be told here, so nothing may make it sure.
    const lots = Array.from({ length: 60 }, (_, n) => ({ text: `lot ${n * 7919}`, labels: [n % 3 === 0 || n % 7 === 1 ? 'won' : 'lost'] }));
    const [once, thrice] = [lots, [...lots, ...lots, ...lots]].map((all) => trainClassifier(all).temperature);
    expect(thrice).toBeGreaterThan(once! / 2);
  });
  it('takes for outside what is like the examples of outside', () => {
    const strange = frames.map((frame) => ({ text: frame.replace('%s', 'order a pizza'), labels: [] }));
    const warned = createClassifier(trainClassifier([...examples, ...strange]));
    expect(warned.judge({ text: 'order me a pizza' }).outside).toBe(true);
    expect(warned.labels).toEqual(['heat', 'lights']);
  });
});

describe('a net with a hidden layer', () => {
  // What holds is told by two signs together, and by neither alone: no linear head can learn it.
  const at = (a: number, b: number) => Float32Array.of(a, b, 0.1 * a);
  const seen: Example[] = Array.from({ length: 600 }, (_, n) => {
    const [a, b] = [n % 2 ? 1 : -1, n % 4 < 2 ? 1 : -1];
    return { text: 'the same words', labels: a === b ? ['alike'] : ['apart'], vector: at(a + (n % 7) / 20, b - (n % 5) / 20) };
  });
  const learn = () => trainTagger(seen, { learner: createNetLearner(seen, { buckets: 2 ** 4, least: 4, units: 16, epochs: 40 }) });
  const weights = learn();
  it('learns what no linear head can', () => {
    const [net, linear] = [weights, trainTagger(seen)].map(createTagger);
    const right = ({ judge }: typeof net & {}) =>
      seen.filter(({ text, vector, labels }) => judge({ text, vector: vector! }).labels.join() === labels.join()).length / seen.length;
    expect(right(net!)).toBe(1);
    expect(right(linear!)).toBeLessThan(0.8);
  });
  it('is the same when it is trained again, and nearly so when it was kept in a file', () => {
    expect(learn()).toEqual(weights);
    const input = { text: 'the same words', vector: at(1, 1) };
    const [was, is] = [weights, readHead(writeHead(weights))].map(({ head }) => logitsOf(head, input));
    for (const k of [0, 1]) expect(Math.abs(was![k]! - is![k]!)).toBeLessThan(0.05);
    const file = writeHead(weights);
    for (const cut of [file.subarray(0, file.length - 1), Buffer.concat([file, Buffer.of(0)])])
      expect(() => readHead(cut)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });
});

it('a tagger finds several things in one sentence, or none', () => {
  const both = frames.map((frame) => ({ text: frame.replace('%s', 'warm the room and turn the light on'), labels: ['heat', 'lights'] }));
  const neither = frames.map((frame) => ({ text: frame.replace('%s', 'order a pizza'), labels: [] }));
  const tagger = createTagger(trainTagger([...examples, ...both, ...neither]));
  expect(tagger.judge({ text: 'turn the light on and warm the room' }).labels).toEqual(['heat', 'lights']);
  expect(tagger.judge({ text: 'a pizza' }).labels).toEqual([]);
});

it('a tagger takes nothing to hold of more others than it may', () => {
  const said = (text: string, labels: string[]) => frames.map((frame) => ({ text: frame.replace('%s', text), labels }));
  const mixed = [...said('warm the room', ['heat']), ...said('warm the soup', []), ...said('order a pizza', [])];
  const [bold, careful] = [{}, { falseAlarms: { heat: 0 } }].map((options) => trainTagger(mixed, options));
  expect((careful!.from as number[])[0]).toBeGreaterThanOrEqual((bold!.from as number[])[0]!);
  const tagger = createTagger(careful!);
  expect(mixed.filter((one) => one.labels.length === 0 && tagger.judge(one).labels.length > 0)).toEqual([]);
});
