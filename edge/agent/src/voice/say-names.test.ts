import type { SpeakRequest, Synthesizer } from '@wayside/models';
import type { Pack } from '@wayside/packs';
import { expect, it } from 'vitest';
import { sayNames } from './say-names.ts';

it('gives the voice the names of all packs here, in the language that is spoken', () => {
  const asked: SpeakRequest[] = [];
  const voice: Synthesizer = {
    speaks: () => true,
    warm() {},
    async *speak(request) {
      asked.push(request);
      yield { sound: new Int16Array(1), rate: 16_000, text: request.text };
    },
    state: () => ({ state: 'ready' }),
    async stop() {},
  };
  const packs = new Map<string, Pick<Pack, 'wording'>>([
    ['car', { wording: { en: { language: 'en', acknowledge: {}, spoken: { AdBlue: 'add blue' } } } }],
    ['pump', { wording: { en: { language: 'en', acknowledge: {}, spoken: { NPSH: 'suction head' } } } }],
    ['house', {}],
  ]);
  const named = sayNames(voice, packs);
  for (const locale of ['en', 'zh'] as const) void Array.fromAsync(named.speak({ text: 'AdBlue', locale }));
  expect(asked.map(({ names }) => names)).toEqual([{ AdBlue: 'add blue', NPSH: 'suction head' }, {}]);
});
