import { beginWorker } from '@wayside/sqlite/worker-thread';
import { takeKeptCode } from './kept-code.ts';
import { becomeLight } from './light.ts';
import { becomeLightWeb } from './light-web/light-web.ts';

// Whoever has Node write a report of a crash wants none of what came by the environment in it.
process.report.excludeEnv = true;
// What runs first: how an edge is to run, before it has loaded anything.
if (process.argv[2] === 'edge' && process.argv[3] !== 'bundle') {
  becomeLight();
  becomeLightWeb();
  beginWorker();
  takeKeptCode();
}
void import('./wayside.ts').then(({ run }) => run());
