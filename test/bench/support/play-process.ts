/** Plays the conversations it is sent, and tells of each as it ends. */
import { type FromPlaying, type Hand, playHere } from './play-all.ts';

const tell = (message: FromPlaying): Promise<void> => new Promise((told) => process.send?.(message, () => told()));

process.once('message', async (hand: Hand) => {
  try {
    // The figures were needed for the score alone, and are many.
    await playHere(hand, (scored) => void tell({ scored: { ...scored, played: { ...scored.played, seen: new Set() } } }));
    await tell({ done: true });
  } catch (error) {
    await tell({ problem: (error as Error).message });
  }
  process.exit();
});
