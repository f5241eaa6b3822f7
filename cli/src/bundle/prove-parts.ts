import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isInstalledIn, natives, probeNative } from '@wayside/models';
import type { Platform } from './leave-out.ts';
import { proveMachine } from './prove-machine.ts';

/** What was tried of a bundle. `not tried here`: it is for another machine, and “wayside doctor” tries it there. */
export type Proved = { part: string; state: 'works' | 'broken' | 'not tried here'; why?: string };

/** Tries every native of the bundle in `folder`, and the command itself, each in a process of its own that finds nothing outside it. */
export async function proveParts(folder: string, platform: Platform): Promise<Proved[]> {
  const here = platform === `${process.platform}-${process.arch}`;
  const proved: Proved[] = [await proveCommand(folder), machineOf(folder, platform)];
  for (const native of natives.filter((each) => isInstalledIn(join(folder, '/'), each))) {
    if (!here) proved.push({ part: native, state: 'not tried here' });
    else {
      const { native: part, ...verdict } = await probeNative(native, join(folder, 'cli/dist/native-process.cjs'));
      proved.push({ part, ...verdict } as Proved);
    }
  }
  return proved;
}

function machineOf(folder: string, platform: Platform): Proved {
  const { natives: count, foreign } = proveMachine(folder, platform);
  const part = `${count} native files built for ${platform}`;
  return foreign.length === 0 ? { part, state: 'works' } : { part, state: 'broken', why: `another machine’s: ${foreign.join(', ')}` };
}

/** The commands are JavaScript and run on any platform: all is read, the packages outside the build among them. */
function proveCommand(folder: string): Promise<Proved> {
  const script = `require(${JSON.stringify(join(folder, 'node_modules/mqtt'))}); process.argv.push('--version'); require(${JSON.stringify(join(folder, 'cli/dist/wayside.cjs'))})`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script, 'wayside'], { timeout: 60_000 }, (error) =>
      resolve({ part: 'wayside', ...(error ? { state: 'broken', why: error.message } : { state: 'works' }) }),
    );
  });
}
