import type { Log } from '../log.ts';
import type { News } from '../store/change.ts';
import type { HubStore } from '../store/open.ts';
import type { Listening } from '../store/postgres/listen.ts';
import { batches, joinParts, say, type Word } from '../store/postgres/words-between.ts';
import { createFarEdges } from './far-edges.ts';

const aliveMs = 2_000;

export type Peers = {
  /** Does the edge hold a socket at another hub? */
  isOnline(edge: string): boolean;
  /** An edge came to this hub, or left it. */
  presence(edge: string, online: boolean): void;
  /** What is in no transaction goes out at once; what is lost on the way was only news. */
  tell(news: News): void;
  start(): void;
  stop(): Promise<void>;
};

/**
 * What hubs on one database tell each other: news, so that a technician at one sees what an edge told another; and which edges are with whom.
 * It is kept in memory: a hub that comes asks, one that falls silent is forgotten.
 * @param here the edges that hold a socket at this hub
 * @param hear takes news of other hubs
 * @param onMissed the connection was away and is back: something may have been said meanwhile
 */
export function createPeers(
  { db, shared }: HubStore & { shared: NonNullable<HubStore['shared']> },
  { here, hear, onMissed, now, log }: { here(): string[]; hear(news: News): void; onMissed(): void; now(): number; log: Log },
): Peers {
  const { hub } = shared;
  const far = createFarEdges(now);
  let timer: NodeJS.Timeout | undefined;
  let listening: Listening | undefined;

  const tell = (word: object) =>
    say(db, { from: hub, ...word } as Word).catch((err: Error) => log.debug({ err: err.message }, 'the other hubs could not be told'));
  const tellHere = async () => {
    for (const some of batches(here())) await tell({ here: some, gone: [] });
  };
  const changed = (edges: readonly string[]) => {
    for (const edge of edges) hear({ event: 'fleet', data: { edge } });
  };

  function onWord(word: Word): void {
    if (word.from === hub) return;
    if ('bye' in word) {
      changed(far.forget(word.from));
      return;
    }
    // Whoever is heard for the first time has not heard of our edges either.
    if (far.heard(word.from) || 'hello' in word) void tellHere();
    if ('here' in word) changed(far.update(word.from, word.here, word.gone));
    if ('news' in word) for (const news of word.news) hear(news);
  }

  let before = false;
  function onBack(): void {
    void tell({ hello: true }).then(tellHere);
    if (before) onMissed();
    before = true;
  }

  return {
    isOnline: far.has,
    presence: (edge, online) => void tell(online ? { here: [edge], gone: [] } : { here: [], gone: [edge] }),
    tell: (news) => void tell({ news: [news] }),
    start() {
      listening = shared.listen({
        onWord: joinParts(onWord),
        onBack,
        onLoss: (err) => log.warn({ err: err.message }, 'the other hubs are not heard; trying again'),
      });
      timer = setInterval(() => {
        void tell({ alive: true });
        for (const silent of far.silent()) changed(far.forget(silent));
      }, aliveMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await tell({ bye: true });
      await listening?.stop();
    },
  };
}
