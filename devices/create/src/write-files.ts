import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Unclear } from './unclear.ts';

/** Writes files below a folder that is not there yet, or empty. @throws Unclear when it holds something: nothing is ever overwritten */
export function writeFiles(folder: string, files: Record<string, string>): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Unclear(`${folder} is there already and not empty. Choose another folder.`);
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
