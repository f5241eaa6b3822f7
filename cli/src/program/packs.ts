import type { Command } from 'commander';

/** What is known of families of things. */
export function addPacks(program: Command): void {
  const pack = program.command('pack').summary('packs: new, check, add, remove');
  pack
    .command('new')
    .summary('begin a pack for a family of things, with one fault as an example')
    .argument('<family>', 'such as well-pump')
    .option('--title <words>', 'what one of them is called')
    .option('--measures <list>', 'what it measures', 'temperature °C -10..60, running yes/no')
    .option('--folder <folder>', 'where to (default: a folder named after the family)')
    .action(async (family, flags) => (await import('../pack.ts')).create(family, flags));
  pack
    .command('check')
    .summary('validate a pack and run its own tests')
    .argument('<folder...>')
    .action(async (folders) => (await import('../pack.ts')).check(folders));
  pack
    .command('add')
    .summary('check a pack and install it at the edge here')
    .argument('<folder>')
    .option('--data <folder>', "the edge's data folder (default data/edge)")
    .action(async (folder, flags) => (await import('../pack.ts')).add(folder, flags));
  pack
    .command('remove')
    .summary('take an installed pack out')
    .argument('<family>')
    .option('--data <folder>', "the edge's data folder (default data/edge)")
    .action(async (family, flags) => (await import('../pack.ts')).remove(family, flags));
}
