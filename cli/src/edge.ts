import { readConfig, restStores, runEdge, secretVariables } from '@wayside/agent';
import { dataFolder } from './data-folder.ts';
import { keepCode } from './kept-code.ts';
import { bringLastCompiler, giveBackAtRest, keepHeapSmall } from './light.ts';
import { settingsFile, stopOnSignal, tellSupervisor } from './settings.ts';
import { version } from './version.ts';

/** Who waited for an edge has been answered by then. */
const startedMs = 1_500;

/** `wayside edge`: one edge in this process. */
export async function edge({ json, ...flags }: Record<string, string> & { json?: boolean }): Promise<void> {
  const config = readConfig(flags, process.env, settingsFile('edge'));
  for (const name of secretVariables) delete process.env[name];
  await dataFolder(config.data);
  const running = await runEdge(config, version, bringLastCompiler);
  stopOnSignal(running.stop);
  const ready = {
    edge: running.edge,
    url: running.url,
    token: running.token,
    panel: running.panelLink(),
    mqtt: { url: `mqtt://127.0.0.1:${running.mqttPort}`, ...running.mqtt },
  };
  tellSupervisor({ ready });
  if (json) process.stdout.write(`${JSON.stringify({ ready: true, ...ready })}\n`);
  else if (!process.send)
    process.stdout.write(
      `Edge is up.\n  panel   ${ready.panel}\n  devices ${ready.mqtt.url}  user ${ready.mqtt.username}  password ${ready.mqtt.password}\n`,
    );
  setTimeout(() => {
    keepCode();
    keepHeapSmall();
  }, startedMs).unref();
  // Not at once: who waited for the edge comes now, and would wait for a collection of a tenth of a second.
  giveBackAtRest(restStores);
}
