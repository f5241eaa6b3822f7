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

export type CountingLog = Log & { errors(): number };

/** The same log, counting what goes wrong: lines that are errors, whatever level is shown. */
export function counting(log: Log): CountingLog {
  let errors = 0;
  return {
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    debug: log.debug.bind(log),
    error: ((...line: Parameters<Log['error']>) => {
      errors++;
      log.error(...line);
    }) as Log['error'],
    errors: () => errors,
  };
}
