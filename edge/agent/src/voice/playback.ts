import type { SpokenPiece } from '@wayside/models';

/** Sound waits so long, ms, between the edge and the loudspeaker: sending, mixing, the sound card. */
const wayMs = 80;

/** How long a piece lasts, ms. */
export const lasts = ({ sound, rate }: Pick<SpokenPiece, 'sound' | 'rate'>): number => (sound.length / rate) * 1000;

/**
 * What of a text has been heard, by the clock: pieces are played one after the other from when they were sent, and nobody has to tell where
 * the loudspeaker is. Times are ms of one clock that only goes forward.
 */
export class Playback {
  private readonly text: string;
  private readonly pieces: { upTo: number; from: number; until: number }[] = [];
  private pausedAt: number | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** When the last piece sent so far has been heard; −∞ before the first. */
  get until(): number {
    if (this.pausedAt !== undefined) return Number.POSITIVE_INFINITY;
    return this.pieces.at(-1)?.until ?? Number.NEGATIVE_INFINITY;
  }

  /** Holds the loudspeaker: what is left comes so much later. */
  pause(now: number): void {
    this.pausedAt ??= now;
  }

  resume(now: number): void {
    if (this.pausedAt === undefined) return;
    const late = now - this.pausedAt;
    for (const piece of this.pieces) {
      if (piece.until <= this.pausedAt) continue;
      // What was half heard goes on from there.
      piece.from += late;
      piece.until += late;
    }
    this.pausedAt = undefined;
  }

  sent(piece: SpokenPiece, now: number): void {
    const begins = this.pieces.at(-1)?.upTo ?? 0;
    const at = this.text.indexOf(piece.text, begins);
    const from = Math.max(now + wayMs, this.pieces.at(-1)?.until ?? 0);
    this.pieces.push({
      upTo: at < 0 ? Math.min(this.text.length, begins + piece.text.length) : at + piece.text.length,
      from,
      until: from + lasts(piece),
    });
  }

  /** Splits the text where the loudspeaker is, before the word that is being said. */
  at(clock: number): { said: string; unsaid: string } {
    const now = this.pausedAt ?? clock;
    let begins = 0;
    let heard = 0;
    for (const { upTo, from, until } of this.pieces) {
      if (now >= until) heard = upTo;
      else if (now > from) heard = this.wordBefore(begins, begins + ((upTo - begins) * (now - from)) / (until - from));
      begins = upTo;
    }
    return { said: this.text.slice(0, heard).trim(), unsaid: this.text.slice(heard).trim() };
  }

  private wordBefore(from: number, to: number): number {
    const piece = this.text.slice(from, Math.floor(to));
    // Chinese has no spaces: there every character may be the last one heard.
    const space = /[\u3400-\u9fff]/.test(piece) ? piece.length : piece.lastIndexOf(' ') + 1;
    return from + space;
  }
}
