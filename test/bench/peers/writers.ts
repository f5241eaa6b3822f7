/** Somebody else's recognizer. */
export type Writer = {
  name: string;
  /** What its figures are called, behind the name of ours. */
  as: string;
  /** Texts of recordings in [-1, 1] at 16 kHz, in their order. */
  write(sounds: readonly Float32Array[]): Promise<string[]>;
  stop(): unknown;
};

/** Lets each of them write, one after the other, so that none slows another down; who cannot be had here is said and left out. */
export async function eachWriter(
  writers: readonly (() => Promise<Writer | { missing: string }>)[],
  say: (line: string) => void,
  use: (writer: Writer) => Promise<void>,
): Promise<void> {
  for (const open of writers) {
    const writer = await open();
    if ('missing' in writer) {
      say(`without a peer: ${writer.missing}`);
      continue;
    }
    say(`${writer.name} …`);
    try {
      await use(writer);
    } catch (error) {
      say(`without ${writer.name}: ${(error as Error).message}`);
    } finally {
      await writer.stop();
    }
  }
}
