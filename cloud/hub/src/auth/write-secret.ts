import { open, rename } from 'node:fs/promises';

/** Writes a file only its owner may read: beside and renamed, so that a crash leaves no half of it. */
export async function writeSecret(file: string, text: string): Promise<void> {
  const fresh = await open(`${file}.new`, 'w', 0o600);
  try {
    await fresh.writeFile(text);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${file}.new`, file);
}
