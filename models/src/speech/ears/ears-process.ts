/**
 * The ears' process. It alone imports native code for hearing, so a crash in it ends this process and nothing else, and what is heard before the wake
 * word never leaves it. It speaks `ears-messages` over the IPC channel of `child_process.fork` and ends when that channel does.
 */
import type { Locale } from '@wayside/protocol';
import { backChannels, floorWords } from '../back-channel.ts';
import { loadRecognizer, type RecognizerFiles } from '../recognize/load-recognizer.ts';
import type { Bias, Recognizer } from '../recognizer.ts';
import type { VoiceOf } from '../speaker/speaker.ts';
import type { EarsFiles, FromEars, ToEars } from './ears-messages.ts';
import { loadSenses } from './ears-senses.ts';
import { createTurns, type Turns } from './ears-turns.ts';
import type { Transcribe } from './ears-utterance.ts';
import { createFramer } from './sound-frame.ts';

type Stream = { turns: Turns; favour: (bias: Bias) => void; tellVoices: (on: boolean) => void; hear: (sound: Int16Array) => Promise<void> };

function tell(message: FromEars): void {
  // The channel may close between a word and its message; there is nobody left to tell then.
  if (process.connected) process.send!(message, () => {});
}

const files = JSON.parse(process.argv[2]!) as EarsFiles;
const recognizers = new Map<Locale, Promise<Recognizer>>();
/** One utterance at a time, whoever spoke. */
let last: Promise<unknown> = Promise.resolve();
let favoured: Bias | undefined;
/** What is favoured beside our own voice; kept, since what is new costs a recognizer some time. */
const besides = new WeakMap<Bias, Bias>();

/** Adds what people hum along and how they stop us: a recognizer that does not expect it writes it as other words ("uh-huh" as "as high"). */
function withHums(bias: Bias, locale: Locale): Bias {
  const wider = besides.get(bias) ?? { ...bias, phrases: [...backChannels[locale], ...floorWords[locale], ...bias.phrases] };
  besides.set(bias, wider);
  return wider;
}

/** Loads a recognizer, and says so: it takes a slow machine longer than whoever is silent for so long may live. */
async function read(known: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  tell({ did: 'reads', on: true });
  return loadRecognizer(known, locale).finally(() => tell({ did: 'reads', on: false }));
}

/** What writes down a language, loaded once; undefined where nothing here does. */
function recognizerOf(locale: Locale): Promise<Recognizer> | undefined {
  const known = files.recognizers[locale];
  if (!known) return undefined;
  const loading = recognizers.get(locale) ?? read(known, locale);
  recognizers.set(locale, loading);
  // Whoever speaks first is told why; a promise nobody waits for yet must not end the process.
  loading.catch(() => {});
  return loading;
}

function transcriber(locale: Locale, biasNow: () => Bias): Transcribe | undefined {
  const loading = recognizerOf(locale);
  if (!loading) return undefined;
  return (speech, beside) => {
    const turn = last.then(async () => {
      const recognizer = await loading;
      const bias = beside ? withHums(biasNow(), locale) : biasNow();
      if (favoured !== bias) recognizer.favour(bias);
      favoured = bias;
      return recognizer.transcribe(speech);
    });
    last = turn.catch(() => {});
    return turn;
  };
}

let speaker: Promise<VoiceOf> | undefined;
/** Loads what tells voices apart with the first that is to be told. */
const voiceOf: VoiceOf = async (speech) => {
  speaker ??= import('../speaker/speaker.ts').then(({ loadSpeaker }) => loadSpeaker(files.speaker!));
  return (await speaker)(speech);
};

async function load() {
  const began = performance.now();
  const senses = await loadSenses(files);
  tell({ did: 'load', ms: Math.round(performance.now() - began) });
  return ({ stream, locale, mode, bias: first, voices: told, fromMs }: Extract<ToEars, { do: 'open' }>): Stream => {
    let bias = first ?? { phrases: [] };
    let voices = told;
    const turns = createTurns({
      locale,
      mode,
      fromMs,
      heard: (heard) => tell({ did: 'hear', stream, heard }),
      transcribe: transcriber(locale, () => bias),
      voiceOf: () => (voices && files.speaker ? voiceOf : undefined),
      now: () => performance.now(),
    });
    const sense = senses.microphone();
    const framesOf = createFramer();
    return {
      turns,
      favour: (next) => {
        bias = next;
      },
      tellVoices: (on) => {
        voices = on;
      },
      async hear(sound) {
        for (const frame of framesOf(sound)) {
          const { chance, word } = await sense(frame, turns.deaf);
          turns.hear(frame, chance);
          if (word) turns.woke(word);
        }
        tell({ did: 'take', stream, samples: sound.length });
      },
    };
  };
}

process.on('disconnect', () => process.exit(0));

load().then(
  (open) => {
    const streams = new Map<number, Stream>();
    const carryOut = async (order: ToEars): Promise<void> => {
      if (order.do === 'warm') return void recognizerOf(order.locale);
      if (order.do === 'open') return void streams.set(order.stream, open(order));
      const stream = streams.get(order.stream);
      if (order.do === 'close') streams.delete(order.stream);
      else if (order.do === 'sound') await stream?.hear(order.sound);
      else if (order.do === 'listen') stream?.turns.listen(order.mode, order.anew);
      else if (order.do === 'tell-voices') stream?.tellVoices(order.on);
      else if (order.do === 'favour') stream?.favour(order.bias);
      else if (order.do === 'own-voice') stream?.turns.ownVoice(order.speaking, order.saying, order.asks);
      else stream?.turns.finish();
    };
    // One after the other, in the order they came.
    let orders: Promise<void> = Promise.resolve();
    process.on('message', (order: ToEars) => {
      orders = orders
        .then(() => carryOut(order))
        .catch((error: unknown) => {
          if ('stream' in order) tell({ did: 'hear', stream: order.stream, heard: { kind: 'failed', why: String(error) } });
        });
    });
  },
  (error: unknown) => {
    tell({ did: 'fail', why: String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  },
);
