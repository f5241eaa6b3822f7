import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { otherSignal } from './other-signal.ts';

const grammar = createGrammar(compileGrammar([await loadPack(`${packsRoot}/core`)]));
const { signals } = (await loadPack(`${packsRoot}/vehicle`)).thing;
const wheel = (row: number, side: string) => `Vehicle.Chassis.Axle.Row${row}.Wheel.${side}.Tire.Pressure`;
const [frontLeft, frontRight, rearLeft, rearRight] = [wheel(1, 'Left'), wheel(1, 'Right'), wheel(2, 'Left'), wheel(2, 'Right')];

describe('a correction of the signal asked for', () => {
  it.each([
    ['no, the rear one', rearLeft],
    ['sorry, I meant the right one', frontRight],
    ['and the rear right?', rearRight],
    ['what about the right one', frontRight],
    ['不对，后面的', rearLeft],
    ['我是说右边那个', frontRight],
    ['那右后呢', rearRight],
  ])('%s', (text, meant) => expect(otherSignal(text, frontLeft!, signals, grammar)).toBe(meant));

  it.each(['the rear one', 'no', 'no, the front left', 'no, it is raining', 'and', '不', '', 'no, '.repeat(5000), '不对，🙂'])(
    'is not heard in "%.40s"',
    (text) => expect(otherSignal(text, frontLeft!, signals, grammar)).toBeUndefined(),
  );
});
