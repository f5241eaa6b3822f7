import { fileURLToPath } from 'node:url';
import { isInstalled, type Native, type NativeState, natives } from './native.ts';

const trial = fileURLToPath(new URL('./native-process.ts', import.meta.url));
/** A slow board with a slow card loads fifty megabytes in this, ms. */
const patience = 90_000;

/** Tries every native that is installed, one after the other, each in a process of its own. Never throws. */
export async function probeNatives(): Promise<NativeState[]> {
  const states: NativeState[] = [];
  for (const native of natives) states.push(isInstalled(native) ? await probeNative(native) : { native, state: 'absent' });
  return states;
}

/** Runs `script` for one native: it works when that ends with 0 within `deadline` ms. */
export function probeNative(native: Native, script = trial, deadline = patience): Promise<NativeState> {
  // Only who tries natives starts processes; most who import the models never do.
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, native], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: deadline,
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-500);
    });
    child.once('error', (error) => resolve({ native, state: 'broken', why: error.message }));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve({ native, state: 'works' });
      const end = signal === 'SIGKILL' ? `it gave no answer in ${deadline / 1000} s` : `it ended by ${signal ?? `exit code ${code}`}`;
      resolve({ native, state: 'broken', why: `${end} ${complaint.trim()}`.trim() });
    });
  });
}
