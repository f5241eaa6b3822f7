import { describe, expect, it } from 'vitest';
import { randomFrom } from '../fixtures.ts';
import type { Offered } from './generator.ts';
import { ground } from './ground.ts';

const passages = {
  misfire:
    'Code P0301 means cylinder 1 misfires. If the engine light flashes, stop as soon as it is safe. With a steady light, drive gently to a workshop within 50 km.',
  brakes: 'When the red brake light stays on, brake fluid may be low. It is not safe to drive on. Have the car towed.',
  tyres: 'Tyre pressure is 2.4 bar cold. Grease every 2,000 hours. Do not open the valve while the tyre is hot.',
  zh: '冷却液温度高于115°C表示发动机过热，继续行驶不安全。发动机热时不要打开散热器盖。等待30分钟。',
};
const offered: Offered = { passages: Object.entries(passages).map(([id, text]) => ({ id, text })), questions: [], actions: [] };
const judge = (cite: keyof typeof passages | 'elsewhere', text: string) => ground({ kind: 'answer', claims: [{ text, cite }] }, offered);
const reason = (cite: keyof typeof passages | 'elsewhere', text: string) => judge(cite, text).dropped[0]?.reason ?? 'kept';

describe('ground', () => {
  it.each(Object.entries(passages))('keeps every sentence of the passage %s, word for word', (cite, text) => {
    expect(judge(cite as keyof typeof passages, text).dropped).toEqual([]);
  });

  it.each([
    ['misfire', 'Cylinder 1 is misfiring: that is code P0301.'],
    ['misfire', 'Stop as soon as it is safe if the engine light is flashing.'],
    ['misfire', 'Drive gently to a workshop within 50 kilometres with a steady light.'],
    ['brakes', 'It is unsafe to drive.'],
    ['brakes', 'Brake fluid may be low.'],
    ['tyres', 'Grease every 2000 hours.'],
    ['tyres', 'The cold tyre pressure is ２．４ bar.'],
    ['zh', '等待３０分钟。'],
    ['zh', '发动机热时不要打开散热器盖。'],
  ] as const)('keeps from %s: %s', (cite, text) => {
    expect(reason(cite, text)).toBe('kept');
  });

  it.each([
    ['elsewhere', 'Code P0301 means cylinder 1 misfires.', 'not-offered'],
    ['misfire', 'Code P0302 means cylinder 1 misfires.', 'code'],
    ['misfire', 'Drive gently to a workshop within 80 km.', 'number'],
    ['misfire', 'Drive gently to a workshop within 50 miles.', 'number'],
    ['tyres', 'Tyre pressure is 2.4 psi cold.', 'number'],
    ['tyres', 'Tyre pressure is three bar cold.', 'number'],
    ['tyres', 'Tyre pressure is -2.4 bar cold.', 'number'],
    ['brakes', 'It is safe to drive on.', 'negation'],
    ['tyres', 'Open the valve while the tyre is hot.', 'negation'],
    ['misfire', 'Cylinder 1 never misfires.', 'negation'],
    ['zh', '发动机热时打开散热器盖。', 'negation'],
    ['zh', '继续行驶安全。', 'negation'],
    ['zh', '冷却液温度低于115°C表示发动机过热。', 'opposite'],
    ['zh', '冷却液温度高于105°C表示发动机过热。', 'number'],
    ['brakes', 'The gearbox needs new oil and a filter.', 'overlap'],
    ['zh', '请更换变速箱滤清器和机油。', 'overlap'],
    ['brakes', 'Yes, it is.', 'says-nothing'],
    ['brakes', 'May the brake fluid be low?', 'says-nothing'],
  ] as const)('drops from %s: %s (%s)', (cite, text, why) => {
    expect(reason(cite, text)).toBe(why);
  });

  it('keeps the true sentence of a claim and drops the invented one', () => {
    const { kept, dropped } = judge('brakes', 'Brake fluid may be low. The clutch cable needs replacing soon.');
    expect(kept.map((claim) => claim.text)).toEqual(['Brake fluid may be low.']);
    expect(dropped).toMatchObject([{ reason: 'overlap' }]);
  });

  it('drops what only repeats the question, and keeps what answers it', () => {
    const claims = ['The red brake light stays on.', 'Brake fluid may be low.'].map((text) => ({ text, cite: 'brakes' }));
    const { kept } = ground({ kind: 'answer', claims }, offered, 'My red brake light stays on!');
    expect(kept.map((claim) => claim.text)).toEqual(['Brake fluid may be low.']);
  });

  it('has nothing to keep or drop in a draft that is no answer', () => {
    expect(ground({ kind: 'escalate' }, offered)).toEqual({ kept: [], dropped: [] });
  });

  it('never keeps a number the passage does not have, whatever the number', () => {
    for (let n = 0; n < 400; n++) {
      const value = (n * 7919) % 1009;
      if (value === 1 || value === 50) continue;
      expect(reason('misfire', `Drive gently to a workshop within ${value} km.`)).toBe('number');
    }
  });

  it('keeps and drops every sentence exactly once for any draft, and never throws', () => {
    const next = randomFrom(11);
    const alphabet = [...'aeinost 0123.,!?-%°C。，不安全"\\\n\u0000\ud83d🔥'];
    for (let i = 0; i < 500; i++) {
      const text = Array.from({ length: next(60) }, () => alphabet[next(alphabet.length)]).join('');
      const { kept, dropped } = judge('zh', text);
      expect(kept.concat(dropped).every((claim) => claim.cite === 'zh' && text.includes(claim.text))).toBe(true);
    }
  });
});
