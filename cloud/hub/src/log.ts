import { pino } from 'pino';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/**
 * The hub's log, as JSON lines on standard error, so that standard output stays for what the program answers.
 * A field named `pii.…` holds personal data and leaves redacted; everything else must be free of it.
 */
export function createLog(level: string): Log {
  return pino(
    { name: 'hub', level, redact: { paths: ['["pii.name"]', '["pii.text"]'], censor: '[personal]' } },
    pino.destination({ dest: 2, sync: true }),
  );
}
