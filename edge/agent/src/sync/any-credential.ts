import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credential, newKey } from './credential.ts';

/** For tests. Any certificate does: only the hub looks whose it is. Good from 2026-11-26 to 2126-11-02. */
export const anyPem = await readFile(join(import.meta.dirname, '../../../../test/support/tls/client.pem'), 'utf8');
export const anyCredential = (): Credential => newKey('garage').with(anyPem);
