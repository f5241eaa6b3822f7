import type { IncomingMessage, RequestListener } from 'node:http';
import { contractVersion, understands } from '@wayside/contract';
import { explain, toProblem, WaysideError } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { KnownEdge } from '../auth/edge-proof.ts';
import { createDesk } from '../queue/desk.ts';
import { createGather } from '../store/gather.ts';
import { createIntake } from '../sync/intake.ts';
import { incomingBatch } from '../sync/read-record.ts';
import { type Batch, readBatch, receive } from '../sync/receive.ts';
import { readBody } from './body.ts';
import type { Doors } from './context.ts';
import { checkBody, notAnEdge, showingOf } from './guard.ts';

const route = '/v1/sync/up';
const mebibyte = 1024 * 1024;
/** Together in one transaction: while it is stored the next are read, so a group is small, and large enough for the disk to be asked seldom. */
const mostTogether = { edges: 32, records: 1_600 };

/** Is it for the door below? */
export const isUp = ({ method, url }: IncomingMessage): boolean =>
  method === 'POST' && url !== undefined && (url === route || url.startsWith(`${route}?`));

/**
 * What edges report, taken from node:http as it is: half of what an acknowledgment cost was the way through the framework. Who it is, how much it may
 * send and that it is what was signed hold here as at every other door.
 */
export function createUp({ config, ground, effects, lastSeen, log, meter, knowEdge, forgetEdge }: Doors): RequestListener {
  const desk = createDesk(ground, config);
  const intake = createIntake();
  // On a file one change at a time is made anyhow; a database shared by hubs has time for others while one group commits.
  const store = createGather(
    (batches: readonly Batch[]) =>
      receive(ground, effects, batches, (edge, seq, err) =>
        log.error({ edge, seq, err }, 'a record could not be applied and is set aside'),
      ),
    ground.others ? 3 : 1,
    ({ edge }) => edge,
    ({ records }) => Math.max(1 / mostTogether.edges, records.length / mostTogether.records),
  );

  async function take(request: IncomingMessage): Promise<object> {
    const known = await knowEdge(showingOf(request), true);
    if (!known) throw new WaysideError('unauthorized', notAnEdge);
    const body = await readBody(request, 4 * mebibyte);
    const began = performance.now();
    checkBody(body, known.digest);
    const { version, epoch, records, ahead } = readJson(request, body);
    if (!understands(version))
      throw new WaysideError(
        'conflict',
        `This hub speaks version ${contractVersion} and edges two before it to one after it, not ${version}. Update the older of the two; nothing is lost meanwhile.`,
      );
    const { edge } = known;
    const stored = () => kept(known, { epoch, records, ahead });
    const { answer, credit } = await intake.take(version, records.length + ahead.length, stored);
    lastSeen.saw(edge);
    meter.records.inc(records.length);
    meter.quarantined.inc(answer.quarantined.length);
    for (const { seq, reason } of answer.quarantined) log.warn({ edge, epoch, seq, reason }, 'a record is set aside');
    return { ...answer, credit, desk: await desk(edge), tookMs: Math.round(performance.now() - began) };
  }

  const kept = ({ edge, credential }: KnownEdge, sent: Pick<ReturnType<typeof readJson>, 'epoch' | 'records' | 'ahead'>) =>
    store(readBatch({ edge, credential, ...sent })).catch((error) => {
      if (error instanceof WaysideError && error.code === 'unauthorized') forgetEdge(credential);
      throw error;
    });

  return (request, response) => {
    const done = meter.requests.startTimer({ method: 'POST', route });
    const say = (status: number, type: string, answer: object, more: Record<string, string> = {}) => {
      const text = JSON.stringify(answer);
      response.writeHead(status, {
        'content-type': type,
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        // As at the other doors: by this clock signatures are judged.
        date: new Date(ground.now()).toUTCString(),
        ...more,
      });
      response.end(text, answered);
      done({ status });
    };
    take(request).then(
      (answer) => say(200, 'application/json', answer),
      (error: unknown) => {
        if (response.destroyed) return;
        if (!(error instanceof WaysideError) || error.code === 'internal')
          log.error({ err: error, method: 'POST', path: route }, 'a request failed');
        const problem = toProblem(error, route);
        say(problem.status, 'application/problem+json', problem, problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {});
      },
    );
  };
}

const answered = () => failpoint('hub.up.answered');

/** @throws WaysideError `invalid` */
function readJson({ headers }: IncomingMessage, body: Buffer) {
  const read = () => {
    try {
      return JSON.parse(body.toString()) as unknown;
    } catch {
      return undefined;
    }
  };
  const json = /^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '') ? read() : undefined;
  if (json === undefined)
    throw new WaysideError('invalid', 'The body is not what this route takes. Send well-formed JSON with Content-Type: application/json.');
  const batch = incomingBatch.safeParse(json);
  if (!batch.success) throw new WaysideError('invalid', explain(batch.error));
  return batch.data;
}
