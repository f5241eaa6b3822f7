import { connect, createServer, type Server, type Socket } from 'node:net';

/** The wire between a browser and a server, which can be cut and mended at the same address. */
export type Wire = {
  url: string;
  /** Nothing is answered at the address any more. */
  cut(): Promise<void>;
  /** What the browser says still arrives; what the server answers is lost. */
  deafen(): void;
  mend(): Promise<void>;
};

/** A wire to a server on this machine, mended. */
export async function createWire(target: string): Promise<Wire> {
  const { port } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let own = 0;
  let deaf = false;

  const carry = (near: Socket) => {
    const far = connect(Number(port), '127.0.0.1');
    near.pipe(far);
    far.on('data', (data) => deaf || near.write(data));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  };

  const wire: Wire = {
    url: '',
    async cut() {
      const closed = new Promise<void>((done) => (server ? server.close(() => done()) : done()));
      for (const socket of sockets) socket.destroy();
      await closed;
      server = undefined;
    },
    deafen() {
      deaf = true;
    },
    async mend() {
      deaf = false;
      if (server) return;
      const listening = createServer(carry);
      server = listening;
      await new Promise<void>((done, fail) => listening.once('error', fail).listen(own, '127.0.0.1', () => done()));
      own = (listening.address() as { port: number }).port;
    },
  };
  await wire.mend();
  wire.url = `http://127.0.0.1:${own}`;
  return wire;
}
