import { type Scenario, scenario as schema } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { createSimulation, play, type Step } from './play.ts';
import { fromCsv } from './recording.ts';

type Given = {
  signals?: object;
  timeline?: object[];
  onCommand?: object;
  repair?: object[];
  recording?: string;
  every?: string;
  duration?: string;
};

const make = ({
  signals = { a: { value: 10 } },
  timeline = [],
  onCommand = {},
  repair = [],
  recording,
  every = '1s',
  duration = '10s',
}: Given): Scenario =>
  schema.parse({
    id: 's',
    title: { en: 's', zh: 's' },
    family: 'f',
    thing: { id: 't', title: 't' },
    seed: 7,
    every,
    duration,
    base: { ...(recording ? { recording } : {}), signals },
    timeline,
    onCommand,
    repair,
    expect: { fault: null },
  });

const run = (given: Given): Step[] => [...play({ scenario: make(given) })];
const seriesOf = (steps: Step[], name = 'a') => steps.map(({ signals }) => signals[name]);

describe('a scenario', () => {
  const noisy = { signals: { a: { value: 10, noise: 2, swing: 3, period: '4s' }, b: { value: 1, noise: 1 } } };

  it('is the same every time from the same seed and another from another', () => {
    const again = (seed: number) => JSON.stringify([...play({ scenario: make(noisy), seed })]);
    expect(again(1)).toBe(again(1));
    expect(again(1)).not.toBe(again(2));
  });

  it('gives each signal a noise of its own, which other signals and changes do not shift', () => {
    const plain = seriesOf(run(noisy), 'b');
    const changed = run({ signals: { z: { value: 0, noise: 9 }, ...noisy.signals }, timeline: [{ at: '2s', do: 'drop', signal: 'a' }] });
    expect(seriesOf(changed, 'b')).toEqual(plain);
    expect(seriesOf(run(noisy), 'a').map((v) => (v as number) - 10)).not.toEqual(plain.map((v) => (v as number) - 1));
  });

  it('has noise of the standard deviation it names', () => {
    const values = seriesOf(run({ signals: { a: { value: 0, noise: 2 } }, every: '1ms', duration: '20s' })) as number[];
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(0, 1);
    expect(deviation).toBeCloseTo(2, 1);
  });

  it('swings by a sine of its period', () => {
    expect(seriesOf(run({ signals: { a: { value: 10, swing: 4, period: '4s' } }, duration: '4s' }))).toEqual([10, 14, 10, 6, 10]);
  });

  it('says every step from nought to its duration and that it is online once', () => {
    const steps = run({ every: '250ms', duration: '1s' });
    expect(steps.map(({ t, presence }) => [t, presence])).toEqual([
      [0, 'online'],
      [250, undefined],
      [500, undefined],
      [750, undefined],
      [1_000, undefined],
    ]);
  });
});

describe('a change', () => {
  const at2 = (change: object, more: object[] = []) =>
    seriesOf(run({ timeline: [{ at: '2s', signal: 'a', ...change }, ...more], duration: '6s' }));

  it('set jumps and stays', () => expect(at2({ do: 'set', to: 3 })).toEqual([10, 10, 3, 3, 3, 3, 3]));

  it('ramp goes there over its time and stays', () =>
    expect(at2({ do: 'ramp', to: 20, over: '2s' })).toEqual([10, 10, 10, 15, 20, 20, 20]));

  it('ramp goes on from where another ramp is', () =>
    expect(at2({ do: 'ramp', to: 20, over: '4s' }, [{ at: '4s', signal: 'a', do: 'ramp', to: 10, over: '2s' }])).toEqual([
      10, 10, 10, 12.5, 15, 12.5, 10,
    ]));

  it('ramp keeps the noise of the sensor, and none at nought', () => {
    const steps = run({
      signals: { a: { value: 10, noise: 1 } },
      timeline: [{ at: '2s', signal: 'a', do: 'ramp', to: 0, over: '4s' }],
      duration: '20s',
    });
    const values = seriesOf(steps) as number[];
    expect(Math.abs((values[4] as number) - 5)).toBeGreaterThan(0);
    expect(values.slice(6)).toEqual(Array(15).fill(0));
  });

  it('offset lies on top of what the base says, and a second goes on from the first', () =>
    expect(at2({ do: 'offset', to: -4, over: '2s' }, [{ at: '5s', signal: 'a', do: 'offset', to: 0 }])).toEqual([
      10, 10, 10, 8, 6, 10, 10,
    ]));

  it('freeze repeats the last value', () => {
    const values = seriesOf(run({ signals: { a: { value: 10, noise: 1 } }, timeline: [{ at: '3s', signal: 'a', do: 'freeze' }] }));
    expect(new Set(values.slice(2)).size).toBe(1);
    expect(new Set(values.slice(0, 3)).size).toBe(3);
  });

  it('release without a signal brings every base back', () => {
    const steps = run({
      signals: { a: { value: 10 }, b: { value: 1 } },
      timeline: [
        { at: '1s', do: 'set', signal: 'a', to: 3 },
        { at: '2s', do: 'drop', signal: 'b' },
        { at: '3s', do: 'release' },
      ],
    });
    expect(seriesOf(steps, 'a').slice(0, 5)).toEqual([10, 3, 3, 10, 10]);
    expect(seriesOf(steps, 'b').slice(0, 5)).toEqual([1, 1, undefined, 1, 1]);
  });

  it('drop falls silent and release brings the base back', () =>
    expect(at2({ do: 'drop' }, [{ at: '4s', signal: 'a', do: 'release' }])).toEqual([10, 10, undefined, undefined, 10, 10, 10]));

  it('set may name a state and a signal the base does not have', () => {
    const steps = run({ signals: {}, timeline: [{ at: '1s', signal: 'mode', do: 'set', to: 'off' }], duration: '2s' });
    expect(seriesOf(steps, 'mode')).toEqual([undefined, 'off', 'off']);
  });

  it('dtc is said once, with a freeze frame of that moment when it is confirmed', () => {
    const steps = run({
      timeline: [
        { at: '1s', do: 'dtc', code: 'E1', state: 'pending' },
        { at: '2s', do: 'dtc', code: 'E1', state: 'confirmed' },
        { at: '2s', signal: 'a', do: 'set', to: 99 },
        { at: '3s', do: 'dtc', code: 'E1', state: 'confirmed' },
        { at: '4s', do: 'dtc', code: 'E1', state: 'cleared' },
        { at: '5s', do: 'dtc', code: 'E1', state: 'cleared' },
      ],
    });
    expect(steps.flatMap(({ t, dtcs }) => dtcs.map((dtc) => ({ t, ...dtc })))).toEqual([
      { t: 1_000, code: 'E1', state: 'pending' },
      { t: 2_000, code: 'E1', state: 'confirmed', freezeFrame: { a: 99 } },
      { t: 4_000, code: 'E1', state: 'cleared' },
    ]);
  });

  it('offline is silence, and what was found meanwhile is said on coming back', () => {
    const steps = run({
      timeline: [
        { at: '2s', do: 'offline' },
        { at: '3s', do: 'dtc', code: 'E1', state: 'confirmed' },
        { at: '4s', do: 'online' },
      ],
      duration: '5s',
    });
    expect(seriesOf(steps)).toEqual([10, 10, undefined, undefined, 10, 10]);
    expect(steps.map(({ presence }) => presence)).toEqual(['online', undefined, 'offline', undefined, 'online', undefined]);
    expect(steps.map(({ dtcs }) => dtcs.length)).toEqual([0, 0, 0, 0, 1, 0]);
  });
});

describe('a command', () => {
  const scenario = make({
    timeline: [
      { at: '0s', signal: 'a', do: 'set', to: 99 },
      { at: '0s', do: 'dtc', code: 'E1', state: 'confirmed' },
    ],
    onCommand: {
      reset: [
        { signal: 'a', do: 'release' },
        { do: 'dtc', code: 'E1', state: 'cleared' },
      ],
    },
  });

  it('changes what the scenario says it changes, from the next step on', () => {
    const simulation = createSimulation({ scenario });
    expect(simulation.next().signals).toEqual({ a: 99 });
    expect(simulation.codes).toEqual(['E1']);
    expect(simulation.command('reset')).toBe(true);
    expect(simulation.next()).toMatchObject({ signals: { a: 10 }, dtcs: [{ code: 'E1', state: 'cleared' }] });
    expect(simulation.codes).toEqual([]);
  });

  it('can set what its argument said', () => {
    const lamp = make({ signals: { lit: { value: false } }, onCommand: { lamp: [{ signal: 'lit', do: 'set', toArg: 'on' }] } });
    const simulation = createSimulation({ scenario: lamp });
    const after = (args: Record<string, boolean>) => {
      simulation.command('lamp', args);
      return simulation.next().signals.lit;
    };
    expect([after({ on: true }), after({}), after({ on: false })]).toEqual([true, true, false]);
  });

  it('that the scenario does not name changes nothing', () => {
    const simulation = createSimulation({ scenario });
    expect(['other', 'toString'].map((name) => simulation.command(name))).toEqual([false, false]);
    expect(simulation.next().signals).toEqual({ a: 99 });
  });
});

describe('a repair', () => {
  const broken = [
    { at: '1s', signal: 'a', do: 'set', to: 99 },
    { at: '1s', do: 'dtc', code: 'E1', state: 'confirmed' },
    { at: '1s', do: 'dtc', code: 'E2', state: 'confirmed' },
    { at: '6s', signal: 'a', do: 'set', to: 120 },
    { at: '6s', signal: 'b', do: 'set', to: 'off' },
    { at: '6s', do: 'dtc', code: 'E3', state: 'confirmed' },
  ];
  const signals = { a: { value: 10 }, b: { value: 'on' } };
  const after = (given: Given) => {
    const simulation = createSimulation({ scenario: make({ signals, timeline: broken, ...given }) });
    while (simulation.t <= 3_000) simulation.next();
    simulation.repair();
    return [...Array(5)].map(() => simulation.next());
  };

  it('takes off what the timeline laid over the base, and the fault does not come back by the timeline', () => {
    const steps = after({});
    expect(seriesOf(steps)).toEqual([10, 10, 10, 10, 10]);
    expect(seriesOf(steps, 'b').at(-1)).toBe('on');
    expect(steps.flatMap(({ dtcs }) => dtcs.map(({ code, state }) => `${code} ${state}`))).toEqual(['E1 cleared', 'E2 cleared']);
  });

  it('leaves a code to the command that clears it', () => {
    const steps = after({ onCommand: { reset: [{ do: 'dtc', code: 'E1', state: 'cleared' }] } });
    expect(steps.flatMap(({ dtcs }) => dtcs.map(({ code }) => code))).toEqual(['E2']);
  });

  it('does what the scenario says where it says it, and nothing to other signals', () => {
    const steps = after({ repair: [{ signal: 'a', do: 'set', to: 11 }] });
    expect(seriesOf(steps)).toEqual([11, 11, 11, 11, 11]);
    expect(seriesOf(steps, 'b')).toEqual(['on', 'on', 'off', 'off', 'off']);
  });
});

describe('a recording as the base', () => {
  const recording = fromCsv('seconds,a,b\n0,1,on\n2,3,on\n4,5,off\n');

  it('says the nearest row and goes round', () => {
    const steps = [...play({ scenario: make({ signals: {}, recording: 'x.csv', duration: '8s' }), recording })];
    // Six seconds long: the last row stands for two, as the others do.
    expect(seriesOf(steps)).toEqual([1, 1, 3, 3, 5, 5, 1, 1, 3]);
    expect(seriesOf(steps, 'b').slice(0, 5)).toEqual(['on', 'on', 'on', 'on', 'off']);
  });

  it('is said digit for digit, where what is made up has six', () => {
    const scenario = make({ signals: { w: { value: 1 / 3 }, big: { value: 12_345_678.9 } }, recording: 'x.csv', duration: '0s' });
    const [step] = play({ scenario, recording: fromCsv('seconds,a\n0,0.123456789\n') });
    expect(step?.signals).toEqual({ a: 0.123456789, w: 0.333333, big: 12_345_679 });
  });

  it('lies under the changes, and a wave of the same name stands before it', () => {
    const scenario = make({
      signals: { b: { value: 'wave' } },
      recording: 'x.csv',
      timeline: [{ at: '0s', signal: 'a', do: 'offset', to: 100 }],
      duration: '2s',
    });
    const steps = [...play({ scenario, recording })];
    expect(seriesOf(steps)).toEqual([101, 101, 103]);
    expect(seriesOf(steps, 'b')).toEqual(['wave', 'wave', 'wave']);
  });
});
