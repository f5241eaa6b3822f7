import type { Log } from '../log.ts';
import { isItsFault, setAside } from '../store/set-aside.ts';
import { type History, openHistory } from '../telemetry/history.ts';

/**
 * Opens the telemetry history. One that will not open is moved aside under its name and the time, so that nothing in it is lost, and a new one
 * takes its place: what people say and are told does not wait for old telemetry.
 * @returns the history, and what was wrong with the one before it
 * @throws what opening throws when the file is not to blame, or cannot be moved
 */
export async function openHistoryOrNew(file: string, log: Log, now: () => number): Promise<{ history: History; damage?: string }> {
  try {
    return { history: await openHistory(file) };
  } catch (error) {
    if (!isItsFault(error)) throw error;
    const damage = (error as Error).message;
    const aside = await setAside(file, now()).catch(() => {
      throw error;
    });
    log.error({ err: damage, file, aside }, 'telemetry history could not be opened: it is set aside, and a new one begins');
    return { history: await openHistory(file), damage };
  }
}
