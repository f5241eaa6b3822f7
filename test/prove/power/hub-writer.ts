import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@wayside/simulators';
import { hubConfig } from '../../../cloud/hub/src/config.ts';
import { createHub } from '../../../cloud/hub/src/hub.ts';
import { createLog } from '../../../cloud/hub/src/log.ts';
import { call, handoff, record, turn } from '../../../cloud/hub/src/scenario.ts';
import { askAs, enrolAt } from '../../../cloud/hub/src/signing-edge.ts';

/** A whole hub, asked over HTTP by an edge and a technician; what it answered must be found after any crash. `node hub-writer.ts FOLDER COUNT SEED` */
const [folder, count, seed] = [process.argv[2] as string, Number(process.argv[3]), Number(process.argv[4])];
const random = createRandom(seed, 'power');
const settings = hubConfig.parse({ data: folder, port: 0, packsRoot: join(folder, 'none'), generator: 'none' });
const hub = createHub(settings, { log: createLog('silent'), passwordWork: 4 });
const { url, token } = await hub.start();
const edge = await enrolAt({ hub, url }, 'e');
const acks = openSync(join(folder, 'acks'), 'a');
for (let n = 1; n <= count; n++) {
  const text = 'x'.repeat(Math.floor(random() * 3_000));
  const one = n === 1 ? record(1, 'handoff', handoff('c')) : record(n, 'turn', turn(`t${n}`, 'session-of-c', 'operator', text));
  const told = await askAs(url, edge, { method: 'POST', path: '/v1/sync/up', body: { epoch: 'e1', records: [one] } });
  if (told.status !== 200) throw new Error(`a record was answered ${told.status}`);
  writeSync(acks, `up:${n}\n`);
  if (random() > 0.3) continue;
  const said = await call(url, 'POST', '/v1/cases/c/replies', { token, body: { id: `r${n}`, text: `reply ${n}` } });
  if (said.status >= 300) throw new Error(`a reply was answered ${said.status}`);
  writeSync(acks, `reply:${n}\n`);
}
// No goodbye: a store that is closed well is not what is looked at.
process.kill(process.pid, 'SIGKILL');
