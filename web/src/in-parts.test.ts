import { describe, expect, it } from 'vitest';
import { firstSentence, inParts } from './in-parts.ts';

describe('an answer in parts', () => {
  const parts = [
    { kind: 'do', text: 'Go gently. Stop if it flashes.' },
    { kind: 'what', text: 'This is very likely: Misfire.' },
    { kind: 'basis', text: 'I go by this: P0301.' },
  ] as const;
  const text = 'Go gently. Stop if it flashes. I am sorry. This is very likely: Misfire. I go by this: P0301. It is saved and on its way.';

  it('shows every word in its order, with what stands between and after the parts', () => {
    const shown = inParts(text, parts);
    expect(shown.map(({ kind }) => kind)).toEqual(['do', 'say', 'what', 'basis', 'say']);
    expect(shown.map((one) => one.text).join(' ')).toBe(text);
  });

  it('shows a text without parts, and one whose parts are not in it, as it is', () => {
    expect(inParts('Hello.')).toEqual([{ kind: 'say', text: 'Hello.' }]);
    expect(inParts('Hello.', parts)).toEqual([{ kind: 'say', text: 'Hello.' }]);
    expect(inParts('', parts)).toEqual([]);
  });

  it('finds the first sentence in both languages, and no end in a figure', () => {
    expect(firstSentence('Keep below 2.5 bar. Then wait.')).toEqual(['Keep below 2.5 bar.', ' Then wait.']);
    expect(firstSentence('可以慢慢开到修理厂。如果故障灯在闪，请停车。')).toEqual(['可以慢慢开到修理厂。', '如果故障灯在闪，请停车。']);
    expect(firstSentence('Stop now.')).toEqual(['Stop now.', '']);
  });
});
