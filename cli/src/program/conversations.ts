import type { Command } from 'commander';

/** To hold a conversation, to check the record of one, and to ask what another policy had made of them. */
export function addConversations(program: Command): void {
  program
    .command('talk')
    .summary('the conversation in this terminal')
    .option('--edge <url>', 'edge (default: the one started here)')
    .option('--token <token>', 'its token')
    .option('--thing <id>', 'what it is about')
    .option('--lang <en|zh>', 'language')
    .option('--data <folder>', 'data folder of the edge that runs here', 'data')
    .option('--wav <file>', 'say what is in this file instead of typing')
    .option('--out <file>', 'with --wav: write the spoken answer to this file')
    .option('--mic [wake]', 'talk by this machine’s microphone and loudspeaker; with “wake”, once its name was said')
    .action(async (flags) => {
      if (flags.wav) return (await import('../talk-wav.ts')).talkWav(flags);
      if (flags.mic) return (await import('../talk-mic.ts')).talkByMicrophone(flags);
      return (await import('../talk.ts')).talk(flags);
    });

  program
    .command('verify')
    .summary('check an exported record, with no server')
    .description('Checks the file of a conversation: whether anything in it was changed, added or taken out since the edge sealed it.')
    .argument('<file>', 'what “export” gave')
    .option('--code <text>', 'the text of the QR code shown at the end of the conversation: the file must be of it')
    .option('--edge-key <key>', 'the edge’s first key, as its panel shows it')
    .option('--hub <vkey>', 'the hub’s key: its receipt must be there')
    .option('--operator <key>', 'who may say that this hub’s log was put back from a copy and begun anew')
    .option('--witnesses <n>', 'so many witnesses must have signed')
    .option('--json', 'the verdict as one line of JSON')
    .action(async (file, flags) => (await import('../verify.ts')).verify(file, flags));

  program
    .command('policy')
    .summary('when a person takes over: replay another policy')
    .command('replay')
    .summary('what a changed policy.yaml would have done in the conversations there were')
    .argument('<file>', 'a policy.yaml; its folder names the family')
    .option('--family <family>', 'the family it is for')
    .option('--hub <url>', 'hub (default: the one started here)')
    .option('--token <token>', 'its token')
    .option('--data <folder>', 'data folder of the site that runs here', 'data')
    .option('--json', 'one line of JSON instead of tables')
    .action(async (file, flags) => (await import('../policy.ts')).replay(file, flags));
}
