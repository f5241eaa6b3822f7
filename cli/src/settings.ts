import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/** The settings file, looked for where the command is run: `{"edge": {…}, "hub": {…}}`. Absent is fine; broken is said. */
export function settingsFile(part: 'edge' | 'hub', path = 'wayside.config.json'): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {};
  }
  try {
    return (JSON.parse(text) as Record<string, Record<string, unknown>>)[part] ?? {};
  } catch (cause) {
    throw new WaysideError('invalid', `${path} is not JSON. Mend it or move it away.`, { cause });
  }
}

/** Stops cleanly at the first Ctrl-C or SIGTERM, at once at the second. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const leave = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  // A supervisor that dies takes its pipe with it: do not live on alone.
  process.on('disconnect', leave);
}
