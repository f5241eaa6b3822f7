import { createHub, readHubConfig } from '@wayside/hub';
import { settingsFile, stopOnSignal } from './settings.ts';

/** `wayside hub`: one hub in this process. */
export async function hub({ json, ...flags }: Record<string, string> & { json?: boolean }): Promise<void> {
  const config = readHubConfig(flags, process.env, settingsFile('hub'));
  const running = createHub(config);
  const { url, token, firstAdmin, consoleLink, enrolmentCode } = await running.start();
  stopOnSignal(running.stop);
  process.send?.({ ready: { url, token, firstAdmin, console: consoleLink, enrolmentCode } });
  if (json) process.stdout.write(`${JSON.stringify({ ready: true, url, token, console: consoleLink })}\n`);
  else if (!process.send) {
    process.stdout.write(
      `Hub is up.\n  console ${consoleLink}\n  enrol   an edge with: wayside edge --hub-url ${url} --enrol ${enrolmentCode}\n`,
    );
    if (firstAdmin) process.stdout.write(`  sign in as ${firstAdmin.name} with ${firstAdmin.password} (shown only now)\n`);
  }
}
