import type { EdgeState } from './edge-store.ts';
import type { HubState } from './hub-store.ts';

/** Remembers what was promised to whom, knowing nothing of how it is kept, and looks in the end whether it was. */
export function createJudge() {
  const wrongs: string[] = [];
  const promised = new Map<string, string>();
  /** What lies in some copy of the hub. */
  const copied = new Set<string>();
  /** What was only on an edge's disk when an older image of it was put back. */
  const gone = new Set<string>();
  const gaps: { edge: string; id: string; count: number }[] = [];
  let onlyNewest = true;
  /** An edge whose numbers two disks give has no one order. */
  let oneEach = true;
  const wrong = (what: string): void => void wrongs.push(what);

  const has = (hub: HubState, id: string) => hub.effects.has(id) || [...hub.aside.values()].some((ids) => ids.has(id));

  function lost(hub: HubState): Map<string, string[]> {
    const missing = new Map<string, string[]>();
    for (const [id, edge] of promised) {
      if (has(hub, id) || gone.has(id)) continue;
      missing.set(edge, [...(missing.get(edge) ?? []), id]);
    }
    return missing;
  }

  /** How many records an edge has said are lost. Where the hub has lost such a word itself, nobody can count it. */
  function stated(hub: HubState, edge: string): number {
    return gaps.filter((gap) => gap.edge === edge && (has(hub, gap.id) || !onlyNewest)).reduce((sum, { count }) => sum + count, 0);
  }

  return {
    wrong,
    /** A person was told that it is saved. */
    saved: (edge: string, id: string): void => void promised.set(id, edge),
    copied(copy: HubState): void {
      for (const id of copy.effects.keys()) copied.add(id);
      for (const ids of copy.aside.values()) for (const id of ids) copied.add(id);
    },
    forgotten(ids: readonly string[]): void {
      for (const id of ids) if (!copied.has(id)) wrong(`${id} was forgotten at the edge and no copy of the hub holds it`);
    },
    said: (edge: string, id: string, count: number): void => void gaps.push({ edge, id, count }),
    restored: (isNewest: boolean): void => {
      onlyNewest &&= isNewest;
    },
    doubled(): void {
      oneEach = false;
    },
    putBack(now: EdgeState, then: EdgeState): void {
      const kept = new Set(then.rows.map(({ id }) => id));
      for (const { id } of now.rows) if (!kept.has(id)) gone.add(id);
    },
    verdict(hub: HubState, edges: readonly { name: string; state: EdgeState }[]): { wrong: string[]; saved: number } {
      for (const [edge, ids] of lost(hub)) {
        const said = stated(hub, edge);
        if (onlyNewest || ids.length > said) wrong(`${edge} lost ${ids.length} (${ids.slice(0, 3)}), and said ${said}`);
      }
      if (onlyNewest) for (const { name } of edges) if (stated(hub, name) > 0) wrong(`${name} says that something is lost, and nothing is`);
      for (const [id, times] of hub.effects) if (times > 1) wrong(`${id} took effect ${times} times`);
      for (const [key, { through }] of hub.streams)
        for (let seq = 1; seq <= through; seq++)
          if (!hub.records.get(key)?.has(seq)) {
            wrong(`the stream ${key} is said to reach ${through} and lacks ${seq}`);
            break;
          }
      for (const [key, records] of hub.records) {
        const turns = [...records].sort(([a], [b]) => a - b).map(([, { id }]) => id);
        const places = turns.filter((id) => promised.has(id)).map((id) => Number(id.slice(id.indexOf('-') + 1)));
        if (oneEach && places.some((place, i) => place < (places[i - 1] ?? 0))) wrong(`the stream ${key} is out of order`);
      }
      for (const { name, state } of edges) {
        if (state.rows.some(({ seq }) => seq > state.told)) wrong(`${name} still has something to tell in calm times`);
        for (const { body } of hub.envelopes.get(name) ?? [])
          if (state.heard.get(body) !== 1) wrong(`${body} was heard by ${name} ${state.heard.get(body) ?? 0} times`);
      }
      return { wrong: wrongs, saved: promised.size };
    },
  };
}
