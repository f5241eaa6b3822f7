import { WaysideError } from '@wayside/protocol';
import type { AddOptions, ListedModel, Models } from './models.ts';
import type { Reach } from './sources/source-context.ts';

/** Where a command writes. `isTTY` decides between a line that is redrawn and plain lines. */
export type Out = { write(text: string): unknown; isTTY?: boolean | undefined };
export type CommandOptions = { json?: boolean | undefined };

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;

/** A progress line: redrawn in place on a terminal, one plain line per tenth otherwise. */
function progressLine(out: Out) {
  let last = '';
  return {
    show(label: string, done: number, total: number): void {
      const percent = Math.min(100, Math.floor((100 * done) / total));
      const line = out.isTTY
        ? `${label} ${megabytes(done)} of ${megabytes(total)} (${percent} %)`
        : `${label} ${Math.floor(percent / 10) * 10} %`;
      if (line === last) return;
      last = line;
      out.write(out.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    clear(): void {
      if (out.isTTY && last) out.write('\r\u001b[K');
      last = '';
    },
  };
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** `wayside models list`: every known model and whether it is here. Returns the exit code. */
export function runList(args: CommandOptions, out: Out, models: Models): number {
  const all = models.list();
  if (args.json) out.write(`${JSON.stringify(all)}\n`);
  else {
    const rows = all.map((one) => [
      one.id,
      one.task,
      one.languages.join(' '),
      megabytes(one.bytes),
      one.licence.spdx,
      one.tier,
      one.present ? 'here' : '-',
    ]);
    out.write(table([['MODEL', 'TASK', 'LANGUAGES', 'SIZE', 'LICENCE', 'TIER', 'HERE'], ...rows]));
    out.write(`Kept in ${models.root}. The lite tier needs none of them.\n`);
  }
  return 0;
}

/** Which of these are not here; of none, the catalog's defaults. A generator a person chose or added stands in for the default one. */
export function missing(models: ListedModel[], ids: readonly string[]): string[] {
  const absent = models.filter((one) => !one.present);
  if (ids.length > 0) return absent.filter(({ id, of }) => ids.includes(id) || (of !== undefined && ids.includes(of))).map(({ id }) => id);
  const hasGenerator = models.some((one) => one.task === 'generate' && one.present);
  return absent.filter((one) => one.default && !(one.task === 'generate' && hasGenerator)).map(({ id }) => id);
}

/**
 * `wayside models pull [ID …]`: fetches the named models, or the catalog's defaults. The name of a model of several files fetches them all.
 * One that cannot be fetched does not keep the others away: what was wrong with it is thrown when they are here. Returns the exit code.
 */
export async function runPull(args: { ids: string[]; signal?: AbortSignal }, out: Out, models: Models): Promise<number> {
  const all = models.list();
  const parts = (id: string) => all.filter((one) => one.of === id).map((one) => one.id);
  const named = args.ids.flatMap((id) => (parts(id).length > 0 ? parts(id) : [id]));
  const ids = args.ids.length > 0 ? named : all.flatMap((one) => (one.default ? [one.id] : []));
  const failures = new Map<string, unknown>();
  const reach: Reach = { packageIndex: true };
  for (const id of ids) {
    await pullOne(id, out, models, reach, args.signal).catch((error: unknown) => {
      args.signal?.throwIfAborted();
      failures.set(id, error);
    });
  }
  if (failures.size > 0) throw allOf(failures);
  return 0;
}

/** One error for all: every model by its name, and why for the first, which is mostly why for the others too. */
function allOf(failures: Map<string, unknown>): unknown {
  const [first] = failures.values();
  if (failures.size === 1 || !(first instanceof WaysideError)) return first;
  const names = [...failures.keys()].join(', ');
  return new WaysideError(first.code, `${failures.size} models could not be fetched: ${names}.\n${first.message}`, { cause: first });
}

async function pullOne(id: string, out: Out, models: Models, reach: Reach, signal: AbortSignal | undefined): Promise<void> {
  const { bytes, licence } = models.get(id);
  if (models.resolve(id)) {
    out.write(`${id} is here already.\n`);
    return;
  }
  out.write(`Fetching ${id} (${megabytes(bytes)}, ${licence.spdx}).\n`);
  const line = progressLine(out);
  try {
    const path = await models.pull(id, {
      reach,
      onProgress: ({ receivedBytes, totalBytes }) => line.show(id, receivedBytes, totalBytes),
      ...(signal ? { signal } : {}),
    });
    line.clear();
    out.write(`${id} is here: ${path}\n`);
  } finally {
    line.clear();
  }
}

/** `wayside models add FILE [--id ID]`: takes any GGUF file. Returns the exit code. */
export async function runAdd(args: { file: string } & AddOptions, out: Out, models: Models): Promise<number> {
  const { file, ...about } = args;
  const entry = await models.add(file, about);
  out.write(`${entry.id} was added (${megabytes(entry.bytes)}, licence: ${entry.licence.spdx}). It is used from the next start.\n`);
  return 0;
}

/** `wayside models remove ID`. Returns the exit code. */
export async function runRemove(args: { id: string }, out: Out, models: Models): Promise<number> {
  out.write((await models.remove(args.id)) ? `${args.id} was removed.\n` : `${args.id} was not here.\n`);
  return 0;
}

/** `wayside models doctor`: hashes every model. Exit code 1 when one is damaged; an absent model is no fault. */
export async function runDoctor(args: CommandOptions, out: Out, models: Models): Promise<number> {
  const line = progressLine(out.isTTY ? out : { write: () => undefined });
  const states = await models.doctor(({ id, bytes, totalBytes }) => line.show(`checking ${id}`, bytes, totalBytes));
  line.clear();
  if (args.json) out.write(`${JSON.stringify(states)}\n`);
  else out.write(table([['MODEL', 'STATE', 'WHAT TO DO'], ...states.map((one) => [one.id, one.state, one.advice])]));
  return states.some((one) => one.state === 'corrupt') ? 1 : 0;
}

/** What a command says of an error on the terminal: its own words if it is ours, else that it is a fault of the program. */
export function describeFailure(error: unknown): string {
  return error instanceof WaysideError ? error.message : `Something broke: ${error instanceof Error ? error.message : String(error)}`;
}
