import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Backlog, type Told } from './backlog.ts';

/** JSON has no line breaks of its own, so one `data:` line holds it (WHATWG HTML §9.2.6). */
const frame = ({ event, data }: Told): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Server-sent events: what `subscribe` hands over, in order, with a heartbeat so that proxies keep the line open. */
export function eventStream(c: Context, subscribe: (tell: (event: Told) => void) => () => void) {
  return streamSSE(c, async (stream) => {
    const backlog = new Backlog();
    let wake = () => {};
    const leave = subscribe((event) => {
      backlog.add(event);
      wake();
    });
    stream.onAbort(() => {
      leave();
      wake();
    });
    await stream.write(frame({ event: 'ready', data: {} }));
    while (!stream.aborted && !backlog.isTooLong) {
      const waiting = backlog.take();
      // What came together goes out together.
      if (waiting.length > 0) await stream.write(waiting.map(frame).join(''));
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
