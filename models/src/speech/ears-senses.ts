import { readFile } from 'node:fs/promises';
import type { EarsFiles, WakeWord } from './ears-messages.ts';
import { frameMs } from './sound-frame.ts';
import { loadVoiceActivity } from './voice-activity.ts';
import { createLevelActivity } from './voice-activity-level.ts';
import { loadWakeFrontEnd } from './wake-front-end.ts';
import { judgeWake, readWakeHead } from './wake-head.ts';
import { createWakeListener, type WakeHead } from './wake-listener.ts';
import { loadReadyHead } from './wake-ready-head.ts';

/** What one frame of sound holds: how likely somebody speaks, the wake word if it has just been said, and how likely each was. */
export type Sensed = { chance: number; word?: string; chances?: readonly number[] };

/** The wake chain runs from the first sign of speech until so long after the last. */
const [sign, lingerMs] = [0.3, 800];
/** One saying of a wake word is one call. */
const restMs = 1500;

async function loadHead({ word, path }: WakeWord): Promise<WakeHead> {
  if (path.endsWith('.onnx')) return { word, ...(await loadReadyHead(path)) };
  const net = readWakeHead(await readFile(path));
  return { word, from: net.from, twice: true, chance: (embeddings) => judgeWake(net, embeddings) };
}

/** Loads voice activity and wake words, and gives what opens the senses of a microphone. `deaf`: is only the wake word listened for? */
export async function loadSenses({ voiceActivity, wake }: Pick<EarsFiles, 'voiceActivity' | 'wake'>) {
  const activities = voiceActivity ? await loadVoiceActivity(voiceActivity) : undefined;
  const heads = await Promise.all((wake?.words ?? []).map(loadHead));
  const frontEnd = wake && heads.length > 0 ? await loadWakeFrontEnd(wake) : undefined;
  const microphone = () => {
    const activity = activities?.() ?? createLevelActivity();
    const listener = frontEnd && createWakeListener(frontEnd, heads);
    let lingering = 0;
    let resting = 0;
    return async (frame: Float32Array, deaf: boolean): Promise<Sensed> => {
      const chance = await activity(frame);
      lingering = chance >= sign ? lingerMs / frameMs : lingering - 1;
      resting--;
      const chances = await listener?.hear(frame, deaf && lingering > 0);
      if (!chances) return { chance };
      const said = heads.find(({ from }, at) => chances[at]! >= from);
      if (!said || resting > 0) return { chance, chances };
      resting = restMs / frameMs;
      return { chance, chances, word: said.word };
    };
  };
  return { heads, microphone };
}
