import { readFile } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import { WaysideError } from '@wayside/protocol';
import type { HubConfig } from '../config.ts';
import type { Doors } from './context.ts';
import type { createDoor } from './door.ts';
import { forEdges } from './guard.ts';
import { listen } from './listen.ts';
import { isUp } from './up.ts';
import { upgrades } from './upgrade.ts';

/**
 * A port of its own for edges, over TLS to the hub itself: it asks them for their certificate, and has nothing for anybody else. Browsers are not
 * sent here, since they would ask people which of theirs to show. Without a certificate one can enrol, and no more.
 * @throws WaysideError `invalid` when the hub's own certificate cannot be used; as `listen` does
 */
export async function openEdgesPort(
  config: HubConfig,
  doors: Doors,
  door: ReturnType<typeof createDoor>,
  up: RequestListener,
): Promise<Server | undefined> {
  const { edgesPort, tlsCert, tlsKey } = config;
  if (edgesPort === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new WaysideError(
      'invalid',
      'A port for edges needs a certificate for this hub: set WAYSIDE_HUB_TLS_CERT and WAYSIDE_HUB_TLS_KEY.',
    );
  const [cert, key, ca] = await Promise.all([
    readFile(tlsCert).catch(unreadable(tlsCert)),
    readFile(tlsKey).catch(unreadable(tlsKey)),
    doors.authority.certificate(),
  ]);
  const serve = getRequestListener((request, env) => {
    const { pathname } = new URL(request.url);
    if (forEdges.test(pathname) || pathname === '/v1/edges/enrol') return door.fetch(request, env);
    return new Response('Here is nothing but for edges.\n', { status: 404 });
  });
  const server = create({ cert, key, ca }, (request, response) => void (isUp(request) ? up : serve)(request, response));
  upgrades(server, doors);
  const url = await listen(server, config.host, edgesPort);
  doors.log.info({ url: url.replace('http:', 'https:') }, 'edges are heard over TLS');
  return server;

  function create(pems: { cert: Buffer; key: Buffer; ca: string }, listener: RequestListener): Server {
    try {
      // Whose it is, and whether it is still good, the hub looks up itself: one that has run out may still ask for the next.
      return createServer({ ...pems, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' }, listener);
    } catch (cause) {
      throw new WaysideError('invalid', `The certificate in ${tlsCert} and the key in ${tlsKey} do not go together.`, { cause });
    }
  }
}

const unreadable = (file: string) => (cause: NodeJS.ErrnoException) => {
  throw new WaysideError('invalid', `The file ${file} cannot be read (${cause.code}).`, { cause });
};
