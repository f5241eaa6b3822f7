import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * A server that answers as Eclipse Kuksa's databroker does (its `databroker/src/viss/v2/types.rs`, and the examples of W3C "VISS version 2 — Transport"): the
 * tree for `static-metadata`, one subscription a leaf, all values as text. It knows three signals.
 */
export async function startVissServer(token: string) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((done) => server.once('listening', done));
  const subscribed = new Map<string, { socket: WebSocket; id: string }>();
  const sets: { path: string; value: string }[] = [];
  let refused = 0;

  server.on('connection', (socket) =>
    socket.on('message', (raw) => {
      const request = JSON.parse(String(raw));
      const { action, path, requestId, authorization } = request;
      const ts = new Date().toISOString();
      const answer = (more: object) => socket.send(JSON.stringify({ action, requestId, ...more }));
      if (action === 'get' && request.filter?.type === 'static-metadata') return answer({ metadata });
      if (authorization !== token || path.endsWith('Secret')) {
        refused++;
        return answer({ error: { number: 403, reason: 'user_forbidden', message: 'not permitted' }, ts });
      }
      if (action === 'set') {
        sets.push({ path, value: request.value });
        return answer({ ts });
      }
      subscribed.set(path, { socket, id: `s-${path}` });
      answer({ subscriptionId: `s-${path}`, ts });
    }),
  );

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscriptions: () => [...subscribed.keys()],
    refused: () => refused,
    sets: () => sets,
    raw: (text: string) => [...subscribed.values()][0]?.socket.send(text),
    say(path: string, value: string) {
      const { socket, id } = subscribed.get(path)!;
      const ts = new Date().toISOString();
      socket.send(JSON.stringify({ action: 'subscription', subscriptionId: id, data: { path, dp: { value, ts } }, ts }));
    },
    /** Ends every connection; the door stays open. */
    hangUp() {
      subscribed.clear();
      for (const socket of server.clients) socket.terminate();
    },
    async stop() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}

const branch = (children: object) => ({ type: 'branch', description: 'A part of it.', children });
const metadata = {
  Vehicle: branch({
    Speed: { type: 'sensor', datatype: 'float', unit: 'km/h', description: 'Vehicle speed.' },
    Secret: { type: 'sensor', datatype: 'float', description: 'Not for everybody.' },
    VehicleIdentification: branch({ VIN: { type: 'attribute', datatype: 'string', description: 'Number.' } }),
    Powertrain: branch({
      CombustionEngine: branch({
        EngineCoolant: branch({ Temperature: { type: 'sensor', datatype: 'float', unit: 'degF', description: 'Coolant.' } }),
      }),
    }),
    Body: branch({
      Lights: branch({ IsOn: { type: 'actuator', datatype: 'boolean', description: 'Lights.' } }),
      Codes: { type: 'sensor', datatype: 'string[]', description: 'x' },
    }),
  }),
};
