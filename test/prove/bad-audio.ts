import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { residentMb } from '../bench/edge-process.ts';
import { misfiringCar } from '../browser/live-thing.ts';
import { badSounds, survive } from '../support/bad-sound.ts';
import { joined, noVoice, realEars, realMouth, silence, spoken } from '../support/real-voice.ts';
import { createSite, until } from '../support/site.ts';

/**
 * `npm run prove:bad-audio [-- rounds]`: a minute of every bad sound at the voice socket of an edge with real ears, each followed by a question that has to
 * be understood, several times over. Says what was told of each, and what the ears' process and this one, with the edge in it, hold.
 */
if (noVoice) throw new Error(noVoice);
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const rounds = Number(process.argv[2] ?? 2);
const [ears, mouth] = [realEars(), realMouth()];
const site = await createSite({ hub: false, ears, synthesizer: mouth });
const car = await misfiringCar(site);
let failed = 0;
try {
  ears.warm();
  const question = joined(silence(0.3), await spoken(mouth, 'Can I drive on?'), silence(1.2));
  await until('the ears', () => ears.state().state === 'ready', 60_000);
  for (let round = 1; round <= rounds; round++)
    for (const bad of badSounds(60)) {
      const told = await survive(site, bad, question, /drive/i).catch((error: Error) => error);
      if (told instanceof Error) failed++;
      collect();
      const { heapUsed, external } = process.memoryUsage();
      const ours = ((heapUsed + external) / 2 ** 20).toFixed(0);
      const theirs = (await residentMb(ears.state().pid!)).toFixed(0);
      console.log(`${round}  ${bad.name}: ${told instanceof Error ? `FAILED, ${told.message}` : told}; ears ${theirs} MB, edge ${ours} MB`);
    }
} finally {
  await car.stop();
  await site.close();
  await mouth.stop();
}
process.exitCode = failed > 0 ? 1 : 0;
