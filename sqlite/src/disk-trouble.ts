/** SQLITE_IOERR, whatever it was busy with, and SQLITE_CORRUPT (sqlite.org/rescode.html). */
const [ioError, corrupt] = [10, 11];
const primary = (code: number): number => code & 0xff;

/** May it be well the next time? SQLite says of a page that the disk did not give (EIO) that it is corrupt, too (SQLITE_IOERR_CORRUPTFS). */
const mayPass = (error: unknown): boolean => [ioError, corrupt].includes(primary((error as { errcode?: number }).errcode ?? 0));

/** Of what a look through a file found: was it that the disk did not give a page? That is reported like one that is wrong. */
export const tellsDiskTrouble = (found: string): boolean => primary(Number(/error code=(\d+)/.exec(found)?.[1] ?? 0)) === ioError;

/** So often in all, with so long between. */
const mostTries = 60;
const pauseMs = 20;

/**
 * A disk that answered with an error may be well a moment later.
 * @returns says of an error whether to try again, and waits before it does: this thread stands still meanwhile
 */
export function createPatience(): (error: unknown) => boolean {
  const still = new Int32Array(new SharedArrayBuffer(4));
  let left = mostTries;
  return (error) => {
    if (!mayPass(error) || left-- <= 0) return false;
    Atomics.wait(still, 0, 0, pauseMs);
    return true;
  };
}
