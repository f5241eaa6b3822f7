import { networkInterfaces } from 'node:os';

/**
 * Where another machine on the same network finds this edge's panel. None when it listens to this machine alone.
 * @param host what the edge listens on
 */
export function panelAddresses(host: string, port: number, interfaces = networkInterfaces()): string[] {
  if (host === '127.0.0.1' || host === 'localhost' || host === '::1') return [];
  if (host !== '0.0.0.0' && host !== '::') return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`];
  return Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => `http://${address}:${port}`);
}
