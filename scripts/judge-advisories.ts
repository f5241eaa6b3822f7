/** What is read here of the report of `npm audit --json` (version 2). */
export type Audit = { vulnerabilities?: Record<string, { via: (string | { url?: string; title?: string; severity?: string })[] }> };

/** Looked at and accepted: why, and until which day (`YYYY-MM-DD`), so that it is looked at again. */
export type Accepted = { advisory: string; reason: string; until: string };

/** @returns advisories nobody has accepted, or whose day has passed, in words; and accepted ones that are not found any more */
export function judgeAdvisories(audit: Audit, accepted: readonly Accepted[], today: string): { open: string[]; needless: string[] } {
  const found = new Map<string, string>();
  for (const [name, { via }] of Object.entries(audit.vulnerabilities ?? {}))
    for (const one of via)
      if (typeof one === 'object' && one.url)
        found.set(one.url.split('/').at(-1) as string, `${name}: ${one.title} (${one.severity}) ${one.url}`);
  const good = new Set(accepted.filter(({ reason, until }) => reason !== '' && until >= today).map(({ advisory }) => advisory));
  return {
    open: [...found].filter(([advisory]) => !good.has(advisory)).map(([, said]) => said),
    needless: accepted.map(({ advisory }) => advisory).filter((advisory) => !found.has(advisory)),
  };
}
