import { describe, expect, it } from 'vitest';
import { chooseVoices } from './choose-voices.ts';
import type { Voice } from './mouth-messages.ts';
import { voiceFor } from './mouth-voices.ts';

const voice = (id: string, language: string, parts: string[]): Voice => ({
  id,
  languages: [language],
  parts: Object.fromEntries(parts.map((part) => [part, `/models/${id}.${part}`])),
});
const here = [
  voice('kokoro-en', 'en', ['model', 'style']),
  voice('kokoro-zh', 'zh', ['model', 'style']),
  voice('flite', 'en', ['program']),
  voice('piper-joe', 'en', ['model', 'config']),
];
const speaks = (machine: Parameters<typeof chooseVoices>[1]) => {
  const { voices } = chooseVoices(here, machine);
  return [voiceFor(voices, 'en')?.id, voiceFor(voices, 'zh')?.id];
};

describe('which voice a machine speaks with', () => {
  it('is natural where it is fast enough to talk with, and else plain', () => {
    expect(speaks({ memoryBytes: 8e9, cores: 4 })).toEqual(['kokoro-en', 'kokoro-zh']);
    expect(speaks({ memoryBytes: 8e9, cores: 2 })).toEqual(['flite', 'kokoro-zh']);
  });
  it('is the one a person chose', () => {
    expect(speaks({ memoryBytes: 8e9, cores: 2, wanted: 'piper-joe' })[0]).toBe('piper-joe');
    expect(speaks({ memoryBytes: 8e9, cores: 2, wanted: 'kokoro-en' })[0]).toBe('kokoro-en');
  });
  it('is none that would fill the memory of a small one, which says so', () => {
    expect(speaks({ memoryBytes: 1e9, cores: 4, wanted: 'kokoro-en' })).toEqual(['flite', undefined]);
    const { refused } = chooseVoices(here, { memoryBytes: 1e9, cores: 4 });
    expect(refused.map(({ id }) => id)).toEqual(['kokoro-en', 'kokoro-zh']);
    expect(refused[0]!.why.en).toContain('needs 2.5 GB of memory and this machine has 1.0');
  });
});
