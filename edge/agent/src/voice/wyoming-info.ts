import { locales } from '@wayside/protocol';
import type { WyomingParts } from './wyoming-parts.ts';

/** What is offered here, as `describe` is answered. */
export function infoOf({ ears, synthesizer, version }: WyomingParts): Record<string, unknown> {
  const attribution = { name: 'Wayside', url: '' };
  const artifact = (name: string, description: string) => ({ name, description, attribution, installed: true, version });
  const hears = locales.filter((locale) => ears?.hears(locale));
  const speaks = locales.filter((locale) => synthesizer?.speaks(locale));
  const { recognizer = 'wayside', wakeWord } = ears?.state() ?? {};
  const program = (models: object, on: boolean) => (on ? [{ ...artifact('wayside', 'Wayside'), ...models }] : []);
  return {
    asr: program({ models: [{ ...artifact(recognizer, 'Speech to text'), languages: hears }] }, hears.length > 0),
    tts: program(
      { voices: [{ ...artifact(synthesizer?.state().voice ?? 'wayside', 'Text to speech'), languages: speaks }] },
      speaks.length > 0,
    ),
    handle: program({ models: [{ ...artifact('wayside', 'Support for the machines here'), languages: locales }] }, true),
    wake: program({ models: [{ ...artifact(wakeWord ?? '', 'Wake word'), phrase: wakeWord, languages: ['en'] }] }, wakeWord !== undefined),
  };
}
