import type { LiveNews } from '../api/types.ts';

type Heard = LiveNews['data'];

/** Those who look at machines live, by case. Frames are kept nowhere: who is slow misses some and sees the next. */
export type Live = {
  tell(news: Heard): void;
  /** @returns how to leave */
  look(caseId: string, hear: (news: Heard) => void): () => void;
  looks(caseId: string): boolean;
};

export function createLive(): Live {
  const looking = new Map<string, Set<(news: Heard) => void>>();
  /** What the machine said of itself in its first frame, for who comes later. */
  const described = new Map<string, Heard>();
  return {
    tell(news) {
      if ('over' in news) described.delete(news.case);
      else if (news.frame.signals) described.set(news.case, news);
      for (const hear of looking.get(news.case) ?? []) hear(news);
    },
    look(caseId, hear) {
      const who = looking.get(caseId) ?? new Set();
      looking.set(caseId, who.add(hear));
      const known = described.get(caseId);
      if (known) hear(known);
      return () => {
        who.delete(hear);
        if (who.size === 0) looking.delete(caseId);
      };
    },
    looks: (caseId) => looking.has(caseId),
  };
}
