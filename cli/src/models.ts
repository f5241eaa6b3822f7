import { createModels, missing, runAdd, runDoctor, runList, runPull, runRemove } from '@wayside/models';
import { WaysideError } from '@wayside/protocol';

const out = process.stdout;
const models = () => createModels();

export const list = () => finish(runList({}, out, models()));
export const add = (file: string, flags: { id?: string }) => finish(runAdd({ file, ...flags }, out, models()));
export const remove = (id: string) => finish(runRemove({ id }, out, models()));
export const doctor = () => finish(runDoctor({}, out, models()));

/** Fetches models. With `ifMissing`, nothing is said of those that are here, and any generator that is will do for the default one. */
export async function pull(ids: string[], flags: { ifMissing?: boolean }): Promise<void> {
  const here = models();
  const wanted = flags.ifMissing ? missing(here.list(), ids) : ids;
  if (flags.ifMissing && wanted.length === 0) return;
  try {
    await finish(runPull({ ids: wanted }, out, here));
  } catch (error) {
    if (!(error instanceof WaysideError)) throw error;
    throw new WaysideError(
      error.code,
      `${error.message}\nWayside runs all the same: in the lite tier where a model would write or understand sentences, in text where one would hear or speak. “wayside models doctor” shows every way to get it.`,
      { cause: error },
    );
  }
}

async function finish(code: number | Promise<number>): Promise<void> {
  process.exitCode = await code;
}
