import { loadPack, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { newState } from '../state.ts';
import { aboutPast } from './about-past.ts';

const packs = await Promise.all(['core', 'vehicle', 'home-hvac', 'industrial-pump'].map((name) => loadPack(`${packsRoot}/${name}`)));
const grammar = createGrammar(compileGrammar(packs));
const now = new Date('2026-11-27T14:00:00').getTime();
const ask = (text: string, family: string) => {
  const locale = /\p{Script=Han}/u.test(text) ? ('zh' as const) : ('en' as const);
  const signals = packs.find((pack) => pack.family === family)?.thing.signals;
  return aboutPast(text, { grammar, signals, state: newState(locale, 't1'), locale, family, now });
};

it.each([
  ['What was the coolant temperature doing half an hour ago?', 'vehicle', 'Vehicle.Powertrain.CombustionEngine.EngineCoolant.Temperature'],
  ['How warm was it in the room last night?', 'home-hvac', 'room_temperature'],
  ['What did the water pressure stand at this morning?', 'home-hvac', 'water_pressure'],
  ['How much flow was there before one hour?', 'industrial-pump', 'flow'],
  ['昨天这时候室温多少', 'home-hvac', 'room_temperature'],
  ['昨天夜里出口压力怎么样', 'industrial-pump', 'discharge_pressure'],
])('who names a figure and a time that is over, and asks, asks what it was: %s', async (text, family, signal) => {
  expect(await ask(text, family)).toMatchObject({ intent: 'signal', slots: { signal, from: expect.any(String) } });
});

it.each(['Were there any problems overnight?', 'What was the matter with it yesterday?', '昨天它有什么毛病'])(
  'what was wrong then is asked of what was: %s',
  async (text) => {
    expect(await ask(text, 'home-hvac')).toMatchObject({ intent: 'before', slots: { from: expect.any(String) } });
  },
);

it.each(['The water pressure fell yesterday, so I topped it up.', '昨天水压掉了，我补了水'])(
  'what is told of a time that is over asks nothing: %s',
  async (text) => {
    expect(await ask(text, 'home-hvac')).toBeUndefined();
  },
);
