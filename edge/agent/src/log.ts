import { pino } from 'pino';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/**
 * The log. A field named `pii.…` holds personal data and leaves redacted; everything else must be free of it.
 * Lines go to standard error, so that standard output stays for what the program answers.
 */
export function createLog(level: string, name: string): Log {
  return pino(
    { name, level, redact: { paths: ['["pii.heard"]', '["pii.person"]', '["pii.text"]'], censor: '[personal]' } },
    pino.destination({ dest: 2, sync: true }),
  );
}
