import { resolve } from 'node:path';

/** The folder of the packs that ship with the project. */
export const packsRoot = resolve(import.meta.dirname, '..');
