import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { failed, session } from './describe.ts';
import type { Site } from './site.ts';
import { wantsUpgrade } from './upgrade.ts';

/** The conversation by voice. Who may come in is decided here; the socket itself is opened where HTTP ends. */
export function addVoiceRoute(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/sessions/{session}/voice',
      summary: 'Talk: a WebSocket; 16 kHz s16le mono in, JSON events and s16le mono PCM out',
      request: { params: session },
      responses: {
        101: { description: 'The socket is open' },
        426: { description: 'This is a WebSocket: ask for the upgrade' },
        ...failed,
      },
    }),
    async (c) => {
      // Cookies travel with a socket that another site's page opens; a script with a token has no origin to check (RFC 6455 §10.2).
      const origin = c.req.header('origin');
      if (origin !== undefined && !c.req.header('authorization') && hostOf(origin) !== c.req.header('host'))
        throw new WaysideError('forbidden', 'Another site may not listen here.');
      await site.transcript(c.req.valid('param').session);
      return c.body(null, wantsUpgrade, { upgrade: 'websocket', connection: 'Upgrade' });
    },
  );
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
