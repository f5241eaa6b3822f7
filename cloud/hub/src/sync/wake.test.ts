import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createWake } from './wake.ts';

it('opens no wake socket once the hub is stopping, so that nothing holds its server open', () => {
  const opened: string[] = [];
  const wake = createWake(
    () => {},
    (edge) => opened.push(edge),
  );
  wake.start();
  wake.stop();
  const late = new PassThrough();
  wake.accept({ headers: {}, method: 'GET' } as IncomingMessage, late, Buffer.alloc(0), 'edge-1');
  expect([late.destroyed, opened, wake.count()]).toEqual([true, [], 0]);
});
