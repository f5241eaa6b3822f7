import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { WaysideError } from '@wayside/protocol';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';

/** What stands beside a Piper voice as `.onnx.json`; only what is used here. */
const piperConfig = z.object({
  audio: z.object({ sample_rate: z.int().min(8000).max(48_000) }),
  inference: z.object({ noise_scale: z.number(), length_scale: z.number(), noise_w: z.number() }),
  phoneme_id_map: z.record(z.string(), z.array(z.int())),
  num_speakers: z.int().max(1, 'a voice of several speakers'),
});

/** A voice that is loaded. `phonemes`: IPA as eSpeak writes it; a sign the voice does not know is left out. Sound in [-1, 1]. */
export type LoadedVoice = { rate: number; say(phonemes: string): Promise<Float32Array> };

/** More pay little for a sentence, and the ears want the other cores. */
const threads = Math.min(2, availableParallelism());

/**
 * Loads a voice of Piper: VITS (Kim et al., "Conditional variational autoencoder with adversarial learning for end-to-end text-to-speech", 2021) with
 * eSpeak's phonemes, each followed by a pad, between a begin and an end.
 * @throws `model-corrupt` for files that are no such voice
 */
export async function loadPiper(model: string, config: string): Promise<LoadedVoice> {
  const read = piperConfig.safeParse(JSON.parse(readFileSync(config, 'utf8')));
  if (!read.success) throw new WaysideError('model-corrupt', `${config} describes no Piper voice: ${z.prettifyError(read.error)}`);
  const { audio, inference, phoneme_id_map: ids } = read.data;
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    // Sentences differ in length: laid-out memory would be kept for each.
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  const scales = Float32Array.of(inference.noise_scale, inference.length_scale, inference.noise_w);
  const pad = ids._ ?? [];
  const say = async (phonemes: string) => {
    const inside = [...phonemes.normalize('NFD')].flatMap((sign) => (ids[sign] ? [...ids[sign], ...pad] : []));
    const input = BigInt64Array.from([...(ids['^'] ?? []), ...pad, ...inside, ...(ids.$ ?? [])], BigInt);
    const made = await session.run({
      input: new Tensor('int64', input, [1, input.length]),
      input_lengths: new Tensor('int64', BigInt64Array.of(BigInt(input.length)), [1]),
      scales: new Tensor('float32', scales, [3]),
    });
    return made.output!.data as Float32Array;
  };
  // The first run lays its memory out; nobody should wait for that.
  await say('ə');
  return { rate: audio.sample_rate, say };
}
