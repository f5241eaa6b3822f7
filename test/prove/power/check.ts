import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A kind of store: its file, the program that writes one and says what it acknowledged, and what must hold in it once it is open. */
export type Kept = {
  file: string;
  writer: string;
  wrongIn(db: DatabaseSync, acknowledged: ReadonlySet<string>): string | undefined;
  /** What the product's own opening and reading find wrong, where plain SQLite is not all. */
  wrongWhenOpened?(file: string, acknowledged: ReadonlySet<string>): Promise<string | undefined>;
};
export const filesOf = ({ file }: Kept): string[] => ['', '-wal', '-journal', '-shm'].map((end) => file + end);

/**
 * Looks at what the power left behind as at the next start.
 * @returns what is wrong, or undefined: it opens, its structure is sound, and what was acknowledged is there
 */
export async function wrongWith(
  kept: Kept,
  image: ReadonlyMap<string, Buffer>,
  acknowledged: ReadonlySet<string>,
  folder: string,
): Promise<string | undefined> {
  const laid = () => {
    for (const name of filesOf(kept)) rmSync(join(folder, name), { force: true });
    for (const [name, content] of image) if (name.startsWith(kept.file)) writeFileSync(join(folder, name), content);
  };
  laid();
  if (acknowledged.size === 0 && !image.has(kept.file)) return undefined;
  const file = join(folder, kept.file);
  const wrong = wrongIn(kept, file, acknowledged);
  if (wrong !== undefined || !kept.wrongWhenOpened) return wrong;
  // As the power left it, and not as it was mended by the first look.
  laid();
  return kept.wrongWhenOpened(file, acknowledged).catch((error: Error) => `cannot be opened as its hub does: ${error.message}`);
}

function wrongIn(kept: Kept, file: string, acknowledged: ReadonlySet<string>): string | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file);
    db.exec('pragma locking_mode=exclusive; pragma journal_mode=wal');
    const sound = db.prepare('pragma quick_check(1)').get() as { quick_check: string };
    if (sound.quick_check !== 'ok') return `damaged: ${sound.quick_check}`;
    return kept.wrongIn(db, acknowledged);
  } catch (error) {
    return `cannot be opened: ${(error as Error).message}`;
  } finally {
    db?.close();
  }
}
