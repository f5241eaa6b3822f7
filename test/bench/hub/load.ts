import { Agent, request } from 'node:http';

/** What a connection sends next. */
export type Sending = (connection: number) => { body: string; headers?: Record<string, string> };

/** Sends requests one after the other on so many connections for a time. @returns how many were answered in a second */
export async function rateOf(
  url: string | ((connection: number) => string),
  connections: number,
  seconds: number,
  next: Sending,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let answered = 0;
  let closing = false;
  const one = (to: string, { body, headers: more }: ReturnType<Sending>) =>
    new Promise<void>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...more,
      };
      const sent = request(to, { method: 'POST', agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${to} answered ${response.statusCode}`));
        response.resume().once('end', resolve);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const work = Array.from({ length: connections }, async (_, i) => {
    while (!closing) {
      await one(typeof url === 'string' ? url : url(i), next(i));
      answered++;
    }
  });
  const wait = (ms: number) => Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), Promise.all(work)]);
  await wait(500 * Math.min(1, seconds));
  const [began, before] = [performance.now(), answered];
  await wait(1_000 * seconds);
  const rate = (1_000 * (answered - before)) / (performance.now() - began);
  closing = true;
  await Promise.all(work);
  agent.destroy();
  return rate;
}
