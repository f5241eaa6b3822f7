import { createContext, type ReactNode, use, useMemo } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Names } from '../api/types.ts';
import { sayName } from './say.ts';
import { useWords } from './use-words.tsx';

/** What people call what packs name by an id, in the technician's language; an id that no pack here has is made readable. */
type Say = {
  /** The ids of those that packs here are about; `core` is what all share, and no machine's. */
  families: () => string[];
  family: (family: string) => string;
  fault: (family: string, fault: string) => string;
  /** A signal, a sign that people see, or an action. */
  part: (family: string, id: string) => string;
};

const Context = createContext<Names>({});

export function NamesProvider({ children }: { children: ReactNode }) {
  const { data } = useLoaded('names', hub.names);
  return <Context value={data ?? {}}>{children}</Context>;
}

export function useNames(): Say {
  const names = use(Context);
  const { pick, w } = useWords();
  return useMemo<Say>(() => {
    const said = (title: Parameters<typeof pick>[0] | undefined, id: string) => (title ? pick(title) : sayName(id));
    const ours: Record<string, string> = w.families;
    return {
      families: () => Object.keys(names).filter((family) => family !== 'core'),
      family: (family) => ours[family] ?? said(names[family]?.title, family),
      fault: (family, fault) => said(names[family]?.faults[fault], fault),
      part: (family, id) => {
        const known = names[family];
        return said(known?.signals[id] ?? known?.observations[id] ?? known?.actions[id], id);
      },
    };
  }, [names, pick, w]);
}
