import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/**
 * The settings file, looked for where the command is run: `{"edge": {…}, "hub": {…}}`. Absent is fine.
 * @throws WaysideError `invalid` when it cannot be read or is not of that shape
 */
export function settingsFile(part: 'edge' | 'hub', path = 'wayside.config.json'): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new WaysideError('invalid', `${path} cannot be read (${code}). Mend it or move it away.`, { cause });
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (cause) {
    throw new WaysideError('invalid', `${path} is not JSON. Mend it or move it away.`, { cause });
  }
  const shape = 'It holds {"edge": {…}, "hub": {…}}, either or both.';
  if (!isObject(whole)) throw new WaysideError('invalid', `${path} is not an object. ${shape}`);
  const strange = Object.keys(whole).find((key) => key !== 'edge' && key !== 'hub');
  if (strange !== undefined) throw new WaysideError('invalid', `${path} has an unknown part "${strange}". ${shape}`);
  const settings = whole[part] ?? {};
  if (!isObject(settings)) throw new WaysideError('invalid', `"${part}" in ${path} is not an object. ${shape}`);
  return settings;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is under way gets so long to finish, in ms; then the process ends all the same. */
const patience = 10_000;

/** Stops cleanly at the first Ctrl-C or SIGTERM, at once at the second. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const leave = () => {
    if (stopping) process.exit(1);
    stopping = true;
    // Whatever is acknowledged is on disk: a stop that hangs loses nothing when it is cut short.
    setTimeout(() => process.exit(1), patience).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // Ctrl-C reaches every process of a terminal at once. A part leaves it to its supervisor, which stops one after another: no part sees another break off.
  process.on('SIGINT', () => process.connected || leave());
  process.on('SIGTERM', leave);
  // A supervisor that dies takes its pipe with it: do not live on alone.
  process.on('disconnect', leave);
  // It may have died while this part was still starting; that event has gone by.
  if (process.send && !process.connected) leave();
}

/** Tells `wayside up`, when it is the one that started this process, and nobody otherwise. */
export function tellSupervisor(message: unknown): void {
  if (process.connected) process.send?.(message);
}
