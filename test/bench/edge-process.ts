import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { edgeArgs, lightEnv } from '../../cli/src/light.ts';
import { type Wayside, wayside } from '../support/processes.ts';
import { type Client, client } from '../support/site.ts';

export type EdgeReady = { url: string; token: string; mqtt: { url: string; username: string; password: string } };
export type EdgeProcess = Wayside<EdgeReady> & { operator: Client };

/** `wayside edge` in the lite tier as a real process on free ports, begun as `deploy/edge/wayside` begins it; more flags as given. */
export async function startEdge(folder: string, flags: readonly string[] = []): Promise<EdgeProcess> {
  const lite = ['--port', '0', '--mqtt-port', '0', '--generator', 'none', '--log-level', 'error'];
  const edge = await wayside<EdgeReady>(['edge', '--data', join(folder, 'edge'), ...lite, ...flags], lightEnv({}), edgeArgs);
  const { url, token } = edge.ready;
  const operator = client(
    () => url,
    () => token,
  );
  return { ...edge, operator };
}

/** Resident memory of a process in MB (10⁶ bytes), or NaN where the system has no /proc. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024) / 1e6;
}
