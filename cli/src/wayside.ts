import { WaysideError } from '@wayside/protocol';
import { Command } from 'commander';
import { addConversations } from './program/conversations.ts';
import { addModels } from './program/models.ts';
import { addPacks } from './program/packs.ts';
import { addEdge, addHub, addSite } from './program/sites.ts';
import { addThings } from './program/things.ts';
import { addRelease, addUpdates } from './program/updates.ts';
import { version } from './version.ts';

/**
 * The one command. Each act lies in a file of its own and is loaded only when it is asked for, so `--help` is quick
 * and a small device never loads what it does not run.
 */
const program = new Command('wayside')
  .description('A support agent that lives beside the machine it supports.')
  .version(version)
  .showHelpAfterError('(wayside --help teaches)')
  .addHelpText(
    'after',
    `
Begin here:
  wayside up                         hub, edge and three simulated things, with links to open
  wayside talk                       the conversation in this terminal
  wayside simulate misfire           make a thing misbehave (wayside simulate --list)
  wayside doctor                     what is missing here, and what to do

Settings come from flags, then WAYSIDE_* environment variables, then wayside.config.json beside where you start, then defaults.`,
  );

// An edge lives for months with the commands it was begun by: with its own it holds a quarter of a megabyte less.
const all = [addSite, addEdge, addHub, addConversations, addThings, addPacks, addModels, addRelease, addUpdates];
for (const add of process.argv[2] === 'edge' ? [addEdge] : all) add(program);

// `wayside … | head`: the reader left, which is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// A log that nobody reads any longer must not stop what it tells of.
process.stderr.on('error', () => {});

/** Does what the command line asks for. */
export const run = (): Promise<unknown> =>
  program.parseAsync().catch((error) => {
    if (!(error instanceof WaysideError)) throw error;
    // A store opened before the trouble has a thread that would keep this process alive.
    process.stderr.write(`wayside: ${error.message}\n`, () => process.exit(1));
  });
