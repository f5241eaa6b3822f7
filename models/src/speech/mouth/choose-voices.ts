import type { Localized } from '@wayside/protocol';
import type { Voice } from './mouth-messages.ts';

/** Kokoro holds up to 1 GB while it speaks; an edge and its system want the rest. */
const kokoroNeeds = 2.5e9;
/** On fewer cores its first words come too late for a conversation (0.6 s of one core for a second of speech). */
const kokoroCores = 4;

const isKokoro = ({ parts }: Voice) => parts.style !== undefined;

export type VoiceChoice = { voices: Voice[]; refused: { id: string; why: Localized }[] };

/**
 * Of the voices that are here, those this machine can carry, the one to speak with first for each language. Pure.
 * @param machine its memory in bytes and its cores; `wanted`: the voice a person chose, by its name in the catalog
 */
export function chooseVoices(
  here: readonly Voice[],
  { memoryBytes, cores, wanted }: { memoryBytes: number; cores: number; wanted?: string | undefined },
): VoiceChoice {
  const small = memoryBytes < kokoroNeeds;
  const gb = (bytes: number) => (bytes / 1e9).toFixed(1);
  const rank = (voice: Voice) => (voice.id === wanted ? 0 : isKokoro(voice) && cores < kokoroCores ? 2 : 1);
  return {
    // What the catalog has first stays first among equals.
    voices: here.filter((voice) => !(small && isKokoro(voice))).toSorted((a, b) => rank(a) - rank(b)),
    refused: here
      .filter((voice) => small && isKokoro(voice))
      .map(({ id }) => ({
        id,
        why: {
          en: `${id} needs ${gb(kokoroNeeds)} GB of memory and this machine has ${gb(memoryBytes)}: it is not used here.`,
          zh: `${id} 需要 ${gb(kokoroNeeds)} GB 内存，本机只有 ${gb(memoryBytes)} GB，因此不使用。`,
        },
      })),
  };
}
