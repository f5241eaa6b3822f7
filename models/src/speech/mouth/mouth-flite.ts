import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';

/** The best understood of those it carries: built from the recordings of a man from the United States (CMU ARCTIC, rms). */
const voice = 'rms';
const headerBytes = 44;

/**
 * Loads Flite (Black & Lenzo, "Flite: a small fast run-time synthesis engine", 2001), a program of WebAssembly (WASI preview 1) with its voices in it, which
 * asks for little: 130 MB, and a thirtieth of the time it speaks. It reads a sentence and writes a WAV file, into a folder of its own that is all it sees.
 * @throws `model-corrupt` for a file that is no such program
 */
export async function loadFlite(program: string): Promise<{ rate: number; say(spoken: string): Promise<Int16Array> }> {
  const { WASI } = await import('node:wasi');
  const compiled = await WebAssembly.compile(readFileSync(program)).catch((cause: unknown) => {
    throw new WaysideError('model-corrupt', `${program} is no program of WebAssembly.`, { cause });
  });
  const run = async (spoken: string): Promise<Buffer> => {
    const folder = mkdtempSync(join(tmpdir(), 'wayside-flite-'));
    try {
      const args = ['flite', '-voice', voice, '-t', spoken, '-o', '/out/spoken.wav'];
      const wasi = new WASI({ version: 'preview1', args, preopens: { '/out': folder }, returnOnExit: true });
      wasi.start(await WebAssembly.instantiate(compiled, wasi.getImportObject() as WebAssembly.Imports));
      return readFileSync(join(folder, 'spoken.wav'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    rate: (await run('.')).readUInt32LE(24),
    say: async (spoken) => {
      const wav = await run(spoken);
      return new Int16Array(Uint8Array.from(wav.subarray(headerBytes)).buffer);
    },
  };
}
