/**
 * The process that speaks. It alone imports `onnxruntime-node` for speech, so a crash in native code ends this process and nothing else. It speaks
 * `mouth-messages` over the IPC channel of `child_process.fork` and ends when that channel does.
 */
import { setPriority } from 'node:os';
import { type SpokenText, spokenPieces } from '../recognize/spoken-pieces.ts';
import { loadVoice, type Speaker } from './mouth-engines.ts';
import type { FromMouth, ToMouth, Voice } from './mouth-messages.ts';

type Speech = {
  id: number;
  voice: Voice;
  pieces: SpokenText[];
  /** Pieces asked for and not made. */
  wanted: number;
};

const loaded = new Map<string, Promise<Speaker>>();
/** In the order they were begun; the first that wants a piece gets it, and then lets the others go first. */
let speeches: Speech[] = [];
let busy = false;

function tell(message: FromMouth): void {
  // The channel may close between a sentence and its message; there is nobody left to tell then.
  if (process.connected) process.send!(message, () => {});
}

function speaker(voice: Voice): Promise<Speaker> {
  const here = loaded.get(voice.id);
  if (here) return here;
  const began = performance.now();
  const loading = loadVoice(voice);
  loaded.set(voice.id, loading);
  loading.then(
    () => tell({ did: 'load', ms: Math.round(performance.now() - began) }),
    () => loaded.delete(voice.id),
  );
  return loading;
}

function end(speech: Speech, why?: string): void {
  if (!speeches.includes(speech)) return;
  speeches = speeches.filter((one) => one !== speech);
  tell({ did: 'end', id: speech.id, ...(why === undefined ? {} : { why }) });
}

async function makeNext(speech: Speech): Promise<void> {
  const { text, spoken } = speech.pieces.shift()!;
  speech.wanted--;
  try {
    const { say, rate } = await speaker(speech.voice);
    // The voice may have taken a while to load.
    if (!speeches.includes(speech)) return;
    const sound = await say(spoken);
    if (!speeches.includes(speech)) return;
    tell({ did: 'piece', id: speech.id, sound, rate, text });
    if (speech.pieces.length === 0) end(speech);
    else speeches = [...speeches.filter((one) => one !== speech), speech];
  } catch (error) {
    end(speech, String(error));
  }
}

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let next = wanting(); next; next = wanting()) await makeNext(next);
  busy = false;
}
const wanting = () => speeches.find(({ wanted }) => wanted > 0);

function hear(order: ToMouth): void {
  if (order.do === 'warm') return void speaker(order.voice).catch((error: unknown) => tell({ did: 'fail', why: String(error) }));
  if (order.do === 'speak') {
    const speech = { id: order.id, voice: order.voice, pieces: spokenPieces(order), wanted: order.pieces };
    speeches.push(speech);
    if (speech.pieces.length === 0) end(speech);
  } else if (order.do === 'stop') speeches = speeches.filter(({ id }) => id !== order.id);
  else for (const speech of speeches) if (speech.id === order.id) speech.wanted++;
  void work();
}

process.on('disconnect', () => process.exit(0));
// Whoever speaks is to be heard first; and speech comes before an answer that is still being written.
setPriority(5);
process.on('message', hear);
