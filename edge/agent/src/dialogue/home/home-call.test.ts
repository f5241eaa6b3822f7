import { describe, expect, it } from 'vitest';
import type { HomeDevice } from './home.ts';
import { homeCall } from './home-call.ts';

const home: HomeDevice[] = [
  { names: ['Reading Lamp'], domain: 'light', areas: ['Study'] },
  { names: ['Desk Light'], domain: 'light', areas: ['Study'] },
  { names: ['Hall Light'], domain: 'light', areas: ['Hall'] },
  { names: ['Roof Shade'], domain: 'cover', areas: ['Attic'], deviceClass: 'shade' },
  { names: ['Barn'], domain: 'lock', areas: [] },
  { names: ['Barn'], domain: 'binary_sensor', areas: [] },
  { names: ['Errands'], domain: 'todo', areas: [] },
  { names: ['书房台灯'], domain: 'light', areas: ['书房'] },
  { names: ['客厅空调'], domain: 'climate', areas: ['客厅'] },
];
const called = (text: string) => {
  const call = homeCall(text, home);
  return call && [call.name, call.arguments];
};

describe('what is to be done in a home', () => {
  it.each([
    ['could you switch the desk light off', 'HassTurnOff', { name: 'Desk Light' }],
    ['turn off all the lights in the study', 'HassTurnOff', { area: 'Study', domain: ['light'] }],
    ['study lights on', 'HassTurnOn', { area: 'Study', domain: ['light'] }],
    ['dim the reading lamp to twenty five percent', 'HassLightSet', { name: 'Reading Lamp', brightness: 25 }],
    ['make the hall light green', 'HassLightSet', { name: 'Hall Light', color: 'green' }],
    ['lower the shade in the attic halfway to 50%', 'HassSetPosition', { name: 'Roof Shade', position: 50 }],
    ['please unlock the barn', 'HassTurnOff', { name: 'Barn', domain: ['lock'] }],
    ['put oat milk on my errands list', 'HassListAddItem', { name: 'Errands', item: 'oat milk' }],
    ['把书房台灯调到百分之三十', 'HassLightSet', { name: '书房台灯', brightness: 30 }],
    ['关闭书房的台灯', 'HassTurnOff', { name: '书房台灯' }],
    ['客厅空调调到二十四度', 'HassClimateSetTemperature', { name: '客厅空调', temperature: 24 }],
  ])('takes "%s" for %s', (text, name, args) => {
    expect(called(text)).toEqual([name, args]);
  });
  it.each(['turn on the light', 'turn on the aquarium', 'why is the hall light on', 'it is warm', '', 'unlock the hall light', '打开'])(
    'asks for nothing where "%s" leaves open what is meant',
    (text) => {
      expect(called(text)).toBeUndefined();
    },
  );
});
