import { type Kysely, sql } from 'kysely';

/** What a look through a file found. `unknown`: it could not be looked through, or not to its end. */
export type Inspected = { kind: 'sound' } | { kind: 'damaged'; why: string } | { kind: 'unknown'; why: string };

/** Who reads so long for a file reads from a disk that has other worries. */
const patienceMs = 600_000;

/**
 * Looks through an open store in a process of its own, while others go on. What they write meanwhile stays in the log beside the file, so that the file
 * stays as it is.
 * @param signal the store is about to be closed: then the look is called off
 */
export async function inspectAside<Schema>(db: Kysely<Schema>, file: string, signal: AbortSignal): Promise<Inspected> {
  try {
    if (!(await hold(db))) return { kind: 'unknown', why: 'its log could not be brought into it' };
    const found = await inspectFile(file, signal);
    // SQLite's own default.
    if (!signal.aborted) await sql`pragma wal_autocheckpoint = 1000`.execute(db);
    // After a call to end it the file may change under it: what it says then is no news.
    return signal.aborted ? calledOff : found;
  } catch (error) {
    if (signal.aborted) return calledOff;
    throw error;
  }
}

const calledOff: Inspected = { kind: 'unknown', why: 'the store was closed' };

/** Brings the log into the file, and what comes from now on only into the log. @returns whether all of it is in */
const hold = <Schema>(db: Kysely<Schema>): Promise<boolean> =>
  db.connection().execute(async (held) => {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(held);
    if (rows[0]?.busy !== 0) return false;
    await sql`pragma wal_autocheckpoint = 0`.execute(held);
    return true;
  });

/** Resolves when the program has ended. */
async function inspectFile(file: string, signal: AbortSignal): Promise<Inspected> {
  const { spawn } = await import('node:child_process');
  const { fileURLToPath } = await import('node:url');
  const program = fileURLToPath(new URL('./inspect-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file], {
    stdio: ['ignore', 'pipe', 'ignore'],
    killSignal: 'SIGKILL',
    timeout: patienceMs,
    signal,
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 500);
  });
  const ended = await new Promise<string | number | null>((done) => {
    child.once('error', ({ message }) => done(message));
    child.once('close', done);
  });
  if (ended !== 0) return { kind: 'unknown', why: `the look through it ended with ${ended}` };
  return said === 'ok' ? { kind: 'sound' } : { kind: 'damaged', why: said };
}
