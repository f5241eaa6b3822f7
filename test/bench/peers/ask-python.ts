import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a script of this folder says of recordings of 16 kHz: a line of JSON, one value for each. @throws with the script's last word when it breaks */
export function askPython<Value>(program: string, script: string, args: readonly string[], sounds: readonly Int16Array[]): Value[] {
  const input = sounds.flatMap((sound) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(sound.byteLength);
    return [length, Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)];
  });
  const { stdout, stderr, status } = spawnSync(program, [join(import.meta.dirname, script), ...args], {
    input: Buffer.concat(input),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${script} stopped: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Value[];
}
