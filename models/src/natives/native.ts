import { createRequire } from 'node:module';
import type { ModelEntry } from '../catalog.ts';

/** The packages that bring native code. All else of Wayside is JavaScript or WebAssembly, which run wherever Node does. */
export const natives = ['onnxruntime-node', 'node-llama-cpp'] as const;
export type Native = (typeof natives)[number];

/** What a try of a native said. `absent`: it was not installed, as in a bundle without AI. */
export type NativeState = { native: Native; state: 'works' | 'absent' } | { native: Native; state: 'broken'; why: string };

/** What runs a model; undefined for a program of WebAssembly. */
export function nativeOf({ task, file }: Pick<ModelEntry, 'task' | 'file'>): Native | undefined {
  if (file.endsWith('.wasm')) return undefined;
  return task === 'generate' ? 'node-llama-cpp' : 'onnxruntime-node';
}

/** Whether the package is here. Loads nothing. */
export const isInstalled = (native: Native): boolean => isInstalledIn(import.meta.url, native);

/** The same, seen from a file or folder elsewhere: a path that ends with `/`, or a file's URL. */
export function isInstalledIn(place: string, native: Native): boolean {
  try {
    createRequire(place).resolve(`${native}/package.json`);
    return true;
  } catch (error) {
    // One that hides its package.json says so, which it cannot when it is not there.
    return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
  }
}
