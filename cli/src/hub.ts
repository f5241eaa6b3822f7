import { createHub, readHubConfig, secretVariables } from '@wayside/hub';
import { dataFolder } from './data-folder.ts';
import { settingsFile, stopOnSignal, tellSupervisor } from './settings.ts';

/** `wayside hub`: one hub in this process. */
export async function hub({ json, ...flags }: Record<string, string> & { json?: boolean }): Promise<void> {
  const config = readHubConfig(flags, process.env, settingsFile('hub'));
  for (const name of secretVariables) delete process.env[name];
  await dataFolder(config.data);
  const running = createHub(config, {
    // Who started this process starts another, which looks through the store before it serves.
    onBroken: () => void running.stop().finally(() => process.exit(1)),
  });
  const { url, token, firstAdmin } = await running.start();
  stopOnSignal(running.stop);
  const console = url + (await running.makeSignInLink());
  const ready = { url, token, console, enrolmentCode: await running.createEnrolmentCode(), ...(firstAdmin ? { firstAdmin } : {}) };
  tellSupervisor({ ready });
  if (json) process.stdout.write(`${JSON.stringify({ ready: true, ...ready })}\n`);
  else if (!process.send) {
    process.stdout.write(
      `Hub is up.\n  console ${console}\n  enrol   an edge with: wayside edge --hub-url ${url} --enrol ${ready.enrolmentCode}\n`,
    );
    if (firstAdmin) process.stdout.write(`  sign in as ${firstAdmin.name} with ${firstAdmin.password} (shown only now)\n`);
  }
}
