import { createModels, runAdd, runDoctor, runList, runPull, runRemove } from '@wayside/models';
import { WaysideError } from '@wayside/protocol';

const out = process.stdout;
const models = () => createModels();

export const list = () => finish(runList({}, out, models()));
export const add = (file: string, flags: { id?: string }) => finish(runAdd({ file, ...flags }, out, models()));
export const remove = (id: string) => finish(runRemove({ id }, out, models()));
export const doctor = () => finish(runDoctor({}, out, models()));

/** Fetches models. With `ifMissing`, any generator that is here already will do and nothing is said. */
export async function pull(ids: string[], flags: { ifMissing?: boolean }): Promise<void> {
  const here = models();
  if (flags.ifMissing && ids.length === 0 && here.list().some((m) => m.task === 'generate' && m.present)) return;
  try {
    await finish(runPull({ ids }, out, here));
  } catch (error) {
    if (!(error instanceof WaysideError)) throw error;
    throw new WaysideError(
      error.code,
      `${error.message}\nWithout it Wayside runs in the lite tier. “wayside models doctor” shows every way to get it.`,
      { cause: error },
    );
  }
}

async function finish(code: number | Promise<number>): Promise<void> {
  process.exitCode = await code;
}
