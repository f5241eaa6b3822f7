import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WaysideError } from '@wayside/protocol';

/**
 * Opens the port.
 * @returns the address to type into a browser on this machine
 * @throws WaysideError `port-in-use`, `forbidden` for a port one may not open, `invalid` for an address this machine does not have
 */
export function listen(server: Server, host: string, port: number): Promise<string> {
  // A client that sends its request a byte an hour holds a connection no longer than this (slow request attacks, CWE-400).
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(explain(error, host, port));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const { port: opened } = server.address() as AddressInfo;
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
      resolve(`http://${name}:${opened}`);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new WaysideError(
        'port-in-use',
        `Port ${port} is already in use, perhaps by another hub. Stop that program, or start with another --port.`,
        cause,
      );
    case 'EACCES':
      return new WaysideError('forbidden', `This user may not open port ${port}. Start with a --port above 1023.`, cause);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new WaysideError(
        'invalid',
        `This machine has no address ${host}. Start with --host 127.0.0.1, or 0.0.0.0 for all its addresses.`,
        cause,
      );
    default:
      return error;
  }
}
