import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** A slow reader may fall so far behind; then the stream ends and the browser comes back for the present. */
const backlogLimit = 500;

/** Server-sent events: what `subscribe` hands over, one after the other, with a heartbeat so that proxies keep the line open. */
export function eventStream(c: Context, subscribe: (tell: (event: { event: string; data: unknown }) => void) => () => void) {
  return streamSSE(c, async (stream) => {
    const waiting: { event: string; data: unknown }[] = [];
    let wake = () => {};
    const leave = subscribe((event) => {
      waiting.push(event);
      wake();
    });
    stream.onAbort(() => {
      leave();
      wake();
    });
    await stream.writeSSE({ event: 'ready', data: '{}' });
    while (!stream.aborted && waiting.length < backlogLimit) {
      const next = waiting.shift();
      if (next) await stream.writeSSE({ event: next.event, data: JSON.stringify(next.data) });
      else if (!(await sleepUntil(15_000, (woken) => (wake = woken)))) await stream.write(': still here\n\n');
    }
    leave();
  });
}

/** True when woken, false when the time ran out. */
function sleepUntil(ms: number, onWake: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    onWake(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
