import { describe, expect, it } from 'vitest';
import { lossesIn } from './losses.ts';
import { languageOf, translate } from './translate.ts';

const zh = 'Ada，P0301 出现后不要继续开，机油压力低于 0.5 巴，60000 km 前换掉 AdBlue 泵。';
const en = 'Ada, do not drive on after P0301: the oil pressure is below 0.5 bar; change the AdBlue pump before 60000 km.';
const lost = (said: string) => lossesIn(zh, said, 'en', ['Ada']).map(({ what }) => what);

describe('a translation', () => {
  it('passes when every number, unit, code and name of the text is in it, either way', () => {
    expect(lossesIn(zh, en, 'en', ['Ada'])).toEqual([]);
    expect(lossesIn(en, zh, 'zh', ['Ada'])).toEqual([]);
    expect(lossesIn('零下 11 ℃ 会结冰，约 6 万公里一换。', 'It freezes at -11 °C; change it about every 60,000 km.', 'en', [])).toEqual([]);
    expect(lossesIn('有没有漏水？无论如何先停车。', 'Is there a leak? Stop the car in any case.', 'en', [])).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a number', en.replace('0.5', '5'), 'number'],
    ['a unit', en.replace('0.5 bar', '0.5 psi'), 'number'],
    ['a number left out', en.replace(' before 60000 km', ''), 'number'],
    ['a number made up', `${en} It takes 20 minutes.`, 'number'],
    ['a code', en.replace('P0301', 'P0302'), 'code'],
    ['a name', en.replace('Ada', 'Madam'), 'name'],
    ['a name of a thing', en.replace('AdBlue', 'urea'), 'name'],
    ['a no', en.replace('do not drive on', 'drive on'), 'negation'],
    ['its language', zh, 'language'],
    ['most of itself', 'Ada: not P0301 0.5 bar 60000 km AdBlue.', 'length'],
    ['itself in talk', `${en} ${'I am glad to help you with any further question you may have. '.repeat(20)}`, 'length'],
  ])('does not pass when it loses %s', (_, said, what) => {
    expect(lost(said)).toContain(what);
  });

  it('goes sentence by sentence, keeps lines, and is given whole or not at all', async () => {
    const words: Record<string, string> = { '停车。': 'Stop the car.', '看 P0301。': 'Look at P0301.' };
    const write = async (sentence: string) => ({ text: words[sentence] ?? 'Something about 7 cars.' });
    const ask = { from: 'zh', to: 'en', names: [], deadlineMs: 1_000 } as const;
    expect(await translate({ ...ask, text: '停车。看 P0301。\n\n12 V\n停车。' }, write, () => 0)).toEqual({
      kind: 'translation',
      text: 'Stop the car. Look at P0301.\n\n12 V\nStop the car.',
    });
    expect(await translate({ ...ask, text: '停车。开门。' }, write, () => 0)).toEqual({
      kind: 'lost',
      losses: [{ what: 'number', detail: '7' }],
    });
    expect(
      await translate(
        { ...ask, text: '停车。' },
        async () => 'busy',
        () => 0,
      ),
    ).toEqual({ kind: 'unavailable', reason: 'busy' });
    expect(await translate({ ...ask, text: '停车。'.repeat(31) }, write, () => 0)).toMatchObject({ kind: 'lost' });
  });

  it('gives each sentence what is left of the time', async () => {
    let at = 0;
    const left: number[] = [];
    const write = async (_: string, ms: number) => {
      left.push(ms);
      at += 300;
      return { text: 'Stop the car.' };
    };
    await translate({ text: '停车。停车。', from: 'zh', to: 'en', names: [], deadlineMs: 1_000 }, write, () => at);
    expect(left).toEqual([1_000, 700]);
  });

  it('knows which language a text is in', () => {
    expect(['Stop the car', '停车', '请看 P0301 代码', 'Press 开关 to go on with it'].map(languageOf)).toEqual(['en', 'zh', 'zh', 'en']);
  });
});
