import { answers } from './answers.ts';
import { commands } from './commands.ts';
import { disk } from './disk.ts';
import { failpoints } from './failpoints.ts';
import { fuzz } from './fuzz.ts';
import { hubs } from './hubs.ts';
import { month } from './month.ts';
import { network } from './network.ts';
import { power } from './power.ts';
import type { Proof, Words } from './proof.ts';
import { rot } from './rot.ts';
import { simulation } from './simulation.ts';
import { size } from './size.ts';
import { tampering } from './tampering.ts';

/** An area of what is promised: a section of the front page, and a page of its own. */
export type Area = { page: string; title: Words; proofs: readonly Proof[] };

export const areas = (): readonly Area[] => [
  { page: 'delivery', title: { en: 'What was said arrives', zh: '说过的话会送到' }, proofs: [simulation(), network(), hubs(), month()] },
  { page: 'storage', title: { en: 'What was stored stays', zh: '存下的内容不会丢' }, proofs: [failpoints(), power(), disk(), size()] },
  {
    page: 'commands',
    title: { en: 'Nothing moves, and nothing is said, without a reason', zh: '没有依据，不动机器，也不乱说' },
    proofs: [commands(), answers()],
  },
  { page: 'records', title: { en: 'The record is the one that was made', zh: '记录就是当时的记录' }, proofs: [tampering(), rot()] },
  { page: 'input', title: { en: 'Bad input harms nobody', zh: '坏数据伤不到任何人' }, proofs: [fuzz()] },
];
