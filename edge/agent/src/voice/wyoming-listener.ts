import { setTimeout as sleep } from 'node:timers/promises';
import { createResampler, type EarsStream, type Heard, soundOf, toPcm, type WyomingEvent } from '@wayside/models';
import { type Locale, WaysideError } from '@wayside/protocol';
import { localeOf, type WyomingParts } from './wyoming-parts.ts';

/** So much sound may come faster than it is said, ms; more waits at its sender. */
const aheadMs = 5_000;

/** Ears for one connection: what an `asr` or a `wake` client sends, and what comes of it. */
export function createListener({ ears, now, bias }: WyomingParts, send: (event: WyomingEvent) => void) {
  let stream: EarsStream | undefined;
  let wanted: { locale: Locale; purpose: 'asr' | 'wake'; terms: string[] } = { locale: 'en', purpose: 'asr', terms: [] };
  let resample: { from: number; to16k: ReturnType<typeof createResampler> } | undefined;
  let [began, fed] = [0, 0];
  let said: string[] = [];
  let over = () => {};

  const close = () => {
    stream?.close();
    stream = undefined;
    resample = undefined;
  };
  function heard(what: Heard): void {
    if (what.kind === 'woke') send({ type: 'detection', data: { name: what.word, timestamp: Math.round(what.atMs) } });
    if (what.kind === 'final' && what.text) said.push(what.text);
    if (what.kind === 'final' || what.kind === 'nothing-said' || what.kind === 'failed') over();
  }
  function open(): void {
    if (!ears) throw new WaysideError('model-missing', 'No ears are here.');
    if (wanted.purpose === 'asr' && !ears.hears(wanted.locale))
      throw new WaysideError('model-missing', `Nothing here writes down ${wanted.locale}.`);
    close();
    [began, fed, said] = [now(), 0, []];
    const [here, mode] = [bias(wanted.locale), wanted.purpose === 'wake' ? ('wake' as const) : ('held' as const)];
    stream = ears.open({ locale: wanted.locale, mode, bias: { ...here, phrases: [...wanted.terms, ...here.phrases] }, heard });
  }
  async function take(event: WyomingEvent): Promise<void> {
    const sound = soundOf(event);
    if (!sound) throw new WaysideError('invalid', 'Sound is 16 bits wide here, of 4 to 192 kHz and at most 8 channels.');
    if (!stream) open();
    if (resample?.from !== sound.rate) resample = { from: sound.rate, to16k: createResampler(sound.rate, 16_000) };
    const samples = sound.rate === 16_000 ? sound.samples : toPcm(resample.to16k(Float32Array.from(sound.samples, (x) => x / 32_768)));
    stream?.write(samples);
    fed += samples.length;
    const early = fed / 16 - (now() - began) - aheadMs;
    if (early > 0) await sleep(early);
  }
  async function finish(): Promise<void> {
    if (!stream) return;
    if (wanted.purpose === 'wake') send({ type: 'not-detected', data: {} });
    else {
      await new Promise<void>((done) => {
        over = done;
        stream?.finish();
        // Ears that hang answer within a while by breaking; a caller need not wait for longer.
        setTimeout(done, 30_000).unref();
      });
      send({ type: 'transcript', data: { text: said.join(' '), language: wanted.locale } });
    }
    close();
  }
  return {
    close,
    async hear(event: WyomingEvent): Promise<void> {
      const { type, data } = event;
      if (type === 'transcribe') wanted = { locale: localeOf(data.language), purpose: 'asr', terms: termsIn(data) };
      else if (type === 'detect') wanted = { locale: 'en', purpose: 'wake', terms: [] };
      else if (type === 'audio-start') open();
      else if (type === 'audio-chunk') await take(event);
      else if (type === 'audio-stop') await finish();
      // What a newer protocol says besides is left aside, as the protocol asks.
    },
  };
}

/** What a client says is likely to be said; it weighs at every utterance, so there is an end to it. */
const termsIn = ({ transcript_names: names, transcript_terms: terms }: WyomingEvent['data']): string[] =>
  [names, terms]
    .flatMap((some): unknown[] => (Array.isArray(some) ? some : []))
    .filter((one): one is string => typeof one === 'string' && one.length <= 200)
    .slice(0, 500);
