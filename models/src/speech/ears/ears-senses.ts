import { readFile } from 'node:fs/promises';
import { loadWakeFrontEnd, ownFloorDb, readyFloorDb } from '../wake/wake-front-end.ts';
import { judgeWake, readWakeHead } from '../wake/wake-head.ts';
import { createWakeListener, type WakeHead } from '../wake/wake-listener.ts';
import { loadReadyHead } from '../wake/wake-ready-head.ts';
import type { EarsFiles, WakeWord } from './ears-messages.ts';
import { frameMs } from './sound-frame.ts';
import { loadVoiceActivity } from './voice-activity.ts';
import { createLevelActivity } from './voice-activity-level.ts';

/** What one frame of sound holds: how likely somebody speaks, the wake word if it has just been said, and how likely each was. */
export type Sensed = { chance: number; word?: string; chances?: readonly number[] };

/** The wake chain runs from the first sign of speech until so long after the last. */
const [sign, lingerMs] = [0.3, 800];
/** One saying of a wake word is one call. */
const restMs = 1500;

async function loadHead({ word, path }: WakeWord): Promise<WakeHead & { floorDb: number }> {
  if (path.endsWith('.onnx')) return { word, floorDb: readyFloorDb, ...(await loadReadyHead(path)) };
  const net = readWakeHead(await readFile(path));
  return { word, floorDb: ownFloorDb, from: net.from, twice: true, chance: (embeddings) => judgeWake(net, embeddings) };
}

/** Loads voice activity and wake words, and gives what opens the senses of a microphone. `deaf`: is only the wake word listened for? */
export async function loadSenses({ voiceActivity, wake }: Pick<EarsFiles, 'voiceActivity' | 'wake'>) {
  const activities = voiceActivity ? await loadVoiceActivity(voiceActivity) : undefined;
  const heads = await Promise.all((wake?.words ?? []).map(loadHead));
  const frontEnd = wake && heads.length > 0 ? await loadWakeFrontEnd(wake) : undefined;
  const microphone = () => {
    const activity = activities?.() ?? createLevelActivity();
    // A front end for each kind of head; nearly everywhere there is one kind.
    const listeners = [...Map.groupBy(heads, ({ floorDb }) => floorDb)].map(([floorDb, alike]) => ({
      alike,
      listener: createWakeListener(frontEnd!(floorDb), alike),
    }));
    /** The chance of each head, in their order, whenever 80 ms more were judged. */
    async function judge(frame: Float32Array, awake: boolean): Promise<number[] | undefined> {
      const chances = new Map<WakeHead, number>();
      for (const { alike, listener } of listeners)
        for (const [at, chance] of ((await listener.hear(frame, awake)) ?? []).entries()) chances.set(alike[at]!, chance);
      return chances.size > 0 ? heads.map((head) => chances.get(head)!) : undefined;
    }
    let lingering = 0;
    let resting = 0;
    return async (frame: Float32Array, deaf: boolean): Promise<Sensed> => {
      const chance = await activity(frame);
      lingering = chance >= sign ? lingerMs / frameMs : lingering - 1;
      resting--;
      const chances = await judge(frame, deaf && lingering > 0);
      if (!chances) return { chance };
      const said = heads.find(({ from }, at) => chances[at]! >= from);
      if (!said || resting > 0) return { chance, chances };
      resting = restMs / frameMs;
      return { chance, chances, word: said.word };
    };
  };
  return { heads, microphone };
}
