import type { Citation, Locale } from '../api/types.ts';

/** What a citation opens. `person` and `rule` open nothing: their text is all there is. */
export type Reference =
  | { kind: 'signal'; thing: string | undefined; signal: string; at: number | undefined }
  | { kind: 'dtc'; thing: string | undefined; code: string }
  | { kind: 'fault'; thing: string | undefined; fault: string }
  | { kind: 'article'; id: string; locale?: Locale };

const split = (ref: string): [string | undefined, string] => {
  const slash = ref.indexOf('/');
  return slash < 0 ? [undefined, ref] : [ref.slice(0, slash), ref.slice(slash + 1)];
};

/** Reads a citation's `ref`: `<thing>/<signal>@<epochMs>`, `<thing>/<code>`, `<thing>/<fault>` or an article's id; the thing may be absent. */
export function referenceOf({ kind, ref }: Pick<Citation, 'kind' | 'ref'>): Reference | undefined {
  if (kind === 'article') return ref ? { kind, id: ref } : undefined;
  const [thing, name] = split(ref);
  if (!name) return undefined;
  if (kind === 'dtc') return { kind, thing, code: name };
  if (kind === 'fault') return { kind, thing, fault: name };
  if (kind !== 'sample') return undefined;
  const moment = /^(.+)@(\d{1,16})$/.exec(name);
  return { kind: 'signal', thing, signal: moment?.[1] ?? name, at: moment ? Number(moment[2]) : undefined };
}
