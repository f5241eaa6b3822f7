/** 16 kHz of two bytes. */
const bytesPerMs = 32;

/**
 * Lets through as much sound as a microphone makes, with room for a network that held some back. More is dropped, since nobody speaks
 * faster than time.
 */
export class Intake {
  private left: number;
  private at: number;
  private readonly most: number;

  /** @param burstMs so much may come at once */
  constructor(now: number, burstMs = 5_000) {
    this.most = burstMs * bytesPerMs;
    this.left = this.most;
    this.at = now;
  }

  /** Whether these bytes may pass. A clock may run a tenth fast. */
  takes(bytes: number, now: number): boolean {
    this.left = Math.min(this.most, this.left + (now - this.at) * bytesPerMs * 1.1);
    this.at = now;
    if (bytes > this.left) return false;
    this.left -= bytes;
    return true;
  }
}

/** A binary frame as samples; undefined when it is none. A copy: the frame's memory may not be aligned, and belongs to the socket. */
export function samplesOf(frame: Buffer): Int16Array | undefined {
  if (frame.length === 0 || frame.length % 2 !== 0) return undefined;
  const samples = new Int16Array(frame.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = frame.readInt16LE(i * 2);
  return samples;
}
