import { readHubConfig, renewKey, secretsKeyFile } from '@wayside/hub';
import { settingsFile } from './settings.ts';

/** `wayside hub new-key`: the secrets in the store are closed with another key from the next start on. */
export async function newKey({ data }: { data?: string }): Promise<void> {
  const file = secretsKeyFile(readHubConfig(data === undefined ? {} : { data }, process.env, settingsFile('hub')));
  await renewKey(file);
  process.stdout.write(`${file} begins with a new key. Start the hub again: it closes its secrets with that, and drops the old one.\n`);
}
