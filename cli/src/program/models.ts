import type { Command } from 'commander';

/** The models of this machine. */
export function addModels(program: Command): void {
  const models = program.command('models').summary('the models of this machine: list, pull, add, remove, doctor');
  models
    .command('list')
    .summary('what the catalog knows and what is here')
    .action(async () => (await import('../models.ts')).list());
  models
    .command('pull')
    .summary('fetch a model and prove it by its SHA-256')
    .argument('[id...]', 'models of the catalog (default: the one the catalog prefers)')
    .option('--if-missing', 'say nothing when it is already here')
    .action(async (ids, flags) => (await import('../models.ts')).pull(ids, flags));
  models
    .command('add')
    .summary('take a GGUF file you have')
    .argument('<file>')
    .option('--id <id>', 'what to call it')
    .action(async (file, flags) => (await import('../models.ts')).add(file, flags));
  models
    .command('remove')
    .summary('forget a model')
    .argument('<id>')
    .action(async (id) => (await import('../models.ts')).remove(id));
  models
    .command('doctor')
    .summary('check every file and say how to mend it')
    .action(async () => (await import('../models.ts')).doctor());
}
