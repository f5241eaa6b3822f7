import { readFileSync } from 'node:fs';

/** The project's version, from its root package. */
export const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
