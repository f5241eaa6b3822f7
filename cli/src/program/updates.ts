import type { Command } from 'commander';

/** A new version of the edge, from the hub to a machine. */
export function addRelease(program: Command): void {
  const release = program.command('release').summary('a new version of the edge: offer it at the hub, take it at an edge');
  release
    .command('offer')
    .summary('put a bundle (wayside edge bundle) at the hub, on its machine')
    .argument('<folder>')
    .option('--hub <url>', 'hub (default: the one started here)')
    .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
    .option('--data <folder>', 'data folder of the hub or site that runs here', 'data')
    .action(async (folder, flags) => (await import('../release.ts')).offer(folder, flags));
  release
    .command('take')
    .summary('have the edge of this machine fetch it as it was signed, and say how to switch, and back')
    .argument('<release>', 'as “offer” named it')
    .option('--edge <url>', 'edge (default: the one started here)')
    .option('--token <token>', 'its token')
    .option('--data <folder>', 'data folder of the edge that runs here', 'data')
    .action(async (name, flags) => (await import('../release.ts')).take(name, flags));
}

/** Who signs what edges are brought. */
export function addUpdates(program: Command): void {
  const updates = program
    .command('updates')
    .summary('what edges are brought, and who signs it: status, init, sign, rotate; holder, draft, join');
  const ofHub = (command: Command) =>
    command
      .option('--hub <url>', 'hub (default: the one started here)')
      .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
      .option('--data <folder>', 'data folder of the hub or site that runs here', 'data');
  const withKeys = (command: Command) =>
    ofHub(command).requiredOption('--keys <folder...>', 'where the keys lie: root.pem and targets.pem');
  ofHub(updates.command('status'))
    .summary('who signs what until when, and what waits to be signed')
    .action(async (flags) => (await import('../updates.ts')).status(flags));
  withKeys(updates.command('init'))
    .summary('take the keys away from the hub, into folders of yours; on its machine')
    .option('--threshold <n>', 'so many of the folders must sign the next root', '1')
    .action(async (flags) => (await import('../updates.ts')).init(flags));
  withKeys(updates.command('sign'))
    .summary('sign what waits, or a draft of the next root')
    .option('--draft <file>', 'the draft; no hub is asked')
    .action(async ({ draft, ...flags }) =>
      draft === undefined ? (await import('../updates.ts')).sign(flags) : (await import('../updates-draft.ts')).signOne(draft, flags.keys),
    );
  withKeys(updates.command('rotate'))
    .summary('new keys in place of old ones')
    .requiredOption('--to <folder...>', 'where the new keys lie; made where there are none')
    .option('--threshold <n>', 'so many of the new folders must sign the root after it', '1')
    .option('--online', 'the hub’s own key too; on its machine')
    .action(async (flags) => (await import('../updates.ts')).rotate(flags));
  updates
    .command('holder')
    .summary('keys for one person, made where they are kept; their public halves go to whoever drafts')
    .argument('<folder>')
    .action(async (folder) => (await import('../updates-draft.ts')).holder(folder));
  ofHub(updates.command('draft'))
    .summary('the next root, for its holders to sign one by one, each where they are')
    .argument('<file>', 'where it is written')
    .option('--add <file...>', 'holder.json of those who join')
    .option('--without <id...>', 'beginnings of the ids of keys that go')
    .option('--threshold <n>', 'so many must sign the root after it (default: as before)')
    .action(async (file, flags) => (await import('../updates-draft.ts')).draft(file, flags));
  ofHub(updates.command('join'))
    .summary('put together what was signed of one draft, and bring it to the hub')
    .argument('<file...>', 'the draft and its copies')
    .action(async (files, flags) => (await import('../updates-draft.ts')).join(files, flags));
}
