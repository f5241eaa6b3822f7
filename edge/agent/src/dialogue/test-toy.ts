import {
  faultFile,
  handlingFile,
  observationFile,
  phraseFile,
  policyFile,
  procedureFile,
  symptomFile,
  termFile,
  type WholePack,
} from '@wayside/packs';

export const both = (en: string, zh: string) => ({ en, zh });
export const now = 1_795_341_600_000;
const fault = (over: object) => ({
  severity: 'warning',
  safety: 'gently',
  prior: 0.01,
  source: 'made for this test',
  explanation: both('The belt slips.', '皮带打滑。'),
  ...over,
});
export const pack = {
  family: 'toy',
  version: '1.0.0',
  title: both('Toy', '玩具'),
  summary: both('A toy', '玩具'),
  licence: 'Apache-2.0',
  sources: [],
  derived: [],
  thing: { signals: { temp: { title: both('Motor temperature', '电机温度'), type: 'number', unit: 'celsius' } }, actions: {} },
  ...symptomFile.parse({
    symptoms: { hot: { title: both('The motor is too hot', '电机过热'), detect: { kind: 'limit', signal: 'temp', above: 90 } } },
  }),
  ...observationFile.parse({
    observations: {
      vapour: {
        title: both('Vapour', '冒白气'),
        question: both('Do you see vapour?', '有白气吗？'),
        mind: both('Keep away from it.', '请远离。'),
      },
      squeal: { title: both('Squealing', '尖叫声'), question: both('Do you hear it squeal?', '您听到尖叫声吗？'), cost: 1, sense: 'smell' },
    },
  }),
  ...handlingFile.parse({
    handling: {
      'open-hood': {
        title: both('Open the hood', '打开罩子'),
        may: 'no',
        says: both('The belt catches fingers.', '皮带会夹手。'),
        source: 'made for this test',
      },
      'oil-belt': {
        title: both('Oil the belt', '给皮带上油'),
        may: 'with-care',
        says: both('One drop.', '一滴。'),
        article: 'belt',
        source: 'made for this test',
      },
      'swap-motor': {
        title: both('Swap the motor', '换电机'),
        may: 'not-yourself',
        says: both('It is under voltage.', '里面带电。'),
        source: 'made for this test',
      },
    },
  }),
  ...termFile.parse({
    terms: {
      belt: {
        names: { en: ['belt', 'drive belt'], zh: ['皮带'] },
        says: both('It turns the fan.', '它带动风扇。'),
        article: 'belt',
        source: 'made for this test',
      },
      fan: { names: { en: ['fan'], zh: ['风扇'] }, says: both('It moves air.', '它吹风。'), source: 'made for this test' },
    },
  }),
  ...faultFile.parse({
    faults: {
      belt: fault({
        title: both('The belt is worn', '皮带磨损'),
        safetyAdvice: both('Run it gently.', '请轻载运行。'),
        symptoms: { hot: 0.8 },
        observations: { squeal: 0.9 },
        procedure: 'belt',
        article: 'belt',
      }),
      fan: fault({
        title: both('The fan is blocked', '风扇堵转'),
        safetyAdvice: both('Stop it now.', '请立即停机。'),
        untreated: both('Its motor burns out.', '电机会烧毁。'),
        safety: 'stop',
        severity: 'danger',
        symptoms: { hot: 0.9 },
        dtcs: { E7: 0.95 },
        procedure: 'fan',
      }),
    },
  }),
  ...procedureFile.parse({
    procedures: {
      belt: {
        title: both('Tighten the belt', '张紧皮带'),
        steps: [
          {
            id: 'off',
            text: both('Switch it off and wait 5 minutes.', '关机并等待 5 分钟。'),
            safety: both('Keep your hands away.', '手勿靠近。'),
          },
          { id: 'tighten', text: both('Tighten the belt.', '张紧皮带。') },
        ],
      },
      fan: {
        title: both('Free the fan', '清理风扇'),
        steps: [
          { id: 'look', text: both('Does something hold the fan?', '有东西卡住风扇吗？'), on: { failed: 'call' } },
          { id: 'clear', text: both('Take it away.', '把它拿走。') },
          { id: 'call', text: both('Have the motor changed.', '更换电机。') },
        ],
      },
    },
  }),
  dtcs: { E7: { title: both('Fan stall', '风扇堵转') } },
  policy: policyFile.parse({
    rules: [
      { id: 'lost', because: both('Not understood.', '没听懂。'), when: { unmatched: { atLeast: 2 } }, effect: 'handoff' },
      { id: 'upset', because: both('Upset.', '不满。'), when: { sentiment: { atMost: -0.3 } }, effect: 'offer' },
    ],
  }),
  phrases: {
    en: phraseFile.parse({
      language: 'en',
      lists: { observation: [{ in: 'vapour', out: 'vapour' }] },
      intents: {
        why: [{ sentences: ['it is so warm here'], slots: { shows: 'temp' } }],
        since: [{ sentences: ['since when is it so warm'], slots: { shows: 'temp' } }],
      },
    }),
  },
  articles: [
    {
      id: 'belt',
      locale: 'en',
      title: 'A worn belt',
      faults: ['belt'],
      tags: [],
      sources: ['x'],
      body: '## What to do\n\nReplace the belt after 2000 hours. A glazed belt cannot be saved.',
    },
  ],
  dir: '',
} as WholePack;
