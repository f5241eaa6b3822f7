import { describe, expect, it } from 'vitest';
import { type Profile, profile } from '../profiles/profile.ts';
import { createVoices } from './whose-voice.ts';

/** A voice that is mostly one direction, with something of another. */
const voiceOf = (at: number, other = at, share = 0): Float32Array => {
  const voice = new Float32Array(256);
  voice[at] = Math.sqrt(1 - share * share);
  if (share > 0) voice[other] = share;
  return voice;
};

function house(workplace = false) {
  const known = new Map(
    ['anna', 'ben'].map((name, n) => {
      const person = `p_01KAPX2T9D000000000000000${n}`;
      return [person, profile.parse({ person, name, role: n === 0 ? 'owner' : 'member', preferences: { locale: 'zh' }, createdAt: n })];
    }),
  );
  const [anna, ben] = [...known.keys()] as [string, string];
  const household = {
    all: () => [...known.values()],
    find: (person: string | undefined) => known.get(person ?? ''),
    async change(person: string, { voice }: { voice?: Profile['voice'] | null }) {
      const { voice: _, ...rest } = known.get(person)!;
      known.set(person, { ...rest, ...(voice ? { voice } : {}) });
      return known.get(person)!;
    },
  };
  return {
    anna,
    ben,
    household,
    voices: createVoices(
      household,
      () => 1_000,
      () => workplace,
    ),
  };
}

describe('who is known by their voice', () => {
  it('is nobody until they said three sentences, and nobody again when it is taken back', async () => {
    const { anna, household, voices } = house();
    expect([voices.anyone(), voices.whose(voiceOf(1))]).toEqual([false, undefined]);
    expect(await voices.learn(anna, [voiceOf(1), voiceOf(1, 2, 0.3), voiceOf(1, 3, 0.3)])).toBe(true);
    expect(voices.whose(voiceOf(1))).toMatchObject({ person: anna, name: 'anna', locale: 'zh', units: 'metric' });
    expect(household.find(anna)?.voice?.agreedAt).toBe(1_000);
    await household.change(anna, { voice: null });
    expect([voices.anyone(), voices.whose(voiceOf(1))]).toEqual([false, undefined]);
  });

  it('is nobody where it is not sure: unlike all, or like two', async () => {
    const { anna, ben, voices } = house();
    await voices.learn(anna, [voiceOf(1), voiceOf(1), voiceOf(1)]);
    await voices.learn(ben, [voiceOf(1, 2, 0.6), voiceOf(1, 2, 0.6), voiceOf(1, 2, 0.6)]);
    expect(voices.whose(voiceOf(9))).toBeUndefined();
    expect(voices.whose(voiceOf(1, 2, 0.3))).toBeUndefined();
    expect(voices.whose(voiceOf(1))?.person).toBe(anna);
  });

  it('is not learned from sentences of two people, for somebody who is not here, or where people work', async () => {
    const { anna, voices } = house();
    expect(await voices.learn(anna, [voiceOf(1), voiceOf(2), voiceOf(1)])).toBe(false);
    expect(await voices.learn('g_1', [voiceOf(1), voiceOf(1), voiceOf(1)])).toBe(false);
    const work = house(true);
    expect(await work.voices.learn(work.anna, [voiceOf(1), voiceOf(1), voiceOf(1)])).toBe(false);
    expect([work.voices.mayLearn(work.anna), work.voices.anyone()]).toEqual([false, false]);
  });
});
