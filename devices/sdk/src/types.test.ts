import { describe, expectTypeOf, it } from 'vitest';
import { createDevice } from './device.ts';
import type { Readings } from './types.ts';

const make = () =>
  createDevice({
    url: 'mqtt://127.0.0.1:1',
    id: 'lamp-1',
    description: {
      title: 'Lamp',
      family: 'lamp',
      signals: {
        level: { title: 'Level', type: 'number' },
        lit: { title: 'Lit', type: 'boolean' },
        mode: { title: 'Mode', type: 'string', states: ['day', 'night'] },
        note: { title: 'Note', type: 'string' },
      },
      actions: {
        dim: { title: 'Dim', risk: 'R1', args: { level: { type: 'number' }, mode: { type: 'string', states: ['slow', 'fast'] } } },
        off: { title: 'Off', risk: 'R1' },
      },
    },
    commands: {
      dim({ level, mode }, { publish }) {
        expectTypeOf(level).toEqualTypeOf<number>();
        expectTypeOf(mode).toEqualTypeOf<'slow' | 'fast'>();
        publish({ level });
      },
    },
    sense: { lit: () => true },
  });

describe('the types of a device come from its description', () => {
  it('what it may publish, and what its handlers get', () => {
    const device = make();
    type Published = Parameters<typeof device.publish>[0];
    expectTypeOf<Published>().toEqualTypeOf<{
      readonly level?: number;
      readonly lit?: boolean;
      readonly mode?: 'day' | 'night';
      readonly note?: string;
    }>();
    expectTypeOf<Readings<{ title: 'x'; family: 'vehicle' }>>().toEqualTypeOf<Record<string, string | number | boolean>>();
  });

  it('a signal, a state, a command nobody declared are mistakes in the editor', () => {
    const wrong = () => {
      const device = make();
      // @ts-expect-error no such signal
      device.publish({ brightness: 1 });
      // @ts-expect-error a number
      device.publish({ level: 'high' });
      // @ts-expect-error no such state
      device.publish({ mode: 'dusk' });
      createDevice({
        url: 'mqtt://127.0.0.1:1',
        id: 'lamp-1',
        description: { title: 'Lamp', family: 'lamp', actions: { off: { title: 'Off', risk: 'R1' } } },
        // @ts-expect-error no such action
        commands: { explode: () => {} },
      });
    };
    expectTypeOf(wrong).toBeFunction();
  });
});
