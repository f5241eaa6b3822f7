import type { Played } from './play.ts';
import { looksLike } from './task.ts';

/** What became of the machine and of the person, held against what the task wants; the first thing that is not so, or nothing. */
export const endOf = (played: Played): string | undefined => endOfMachine(played) ?? unanswered(played);

function endOfMachine({ task, lines, carried, mended, shows, found, left }: Played): string | undefined {
  const heard = lines.flatMap(({ heard }) => heard ?? []);
  const handoff = heard.find(({ handoff }) => handoff)?.handoff;
  const verdict = heard.findLast(({ answer }) => answer?.repair && answer.repair.state !== 'watching')?.answer?.repair?.state;
  const wanted = task.ends;
  if (handoff && wanted.as !== 'handed-over' && !task.quirks.includes('calls-off')) return `handed over (${handoff.rule})`;
  switch (wanted.as) {
    case 'mended':
      if (!mended) return 'the machine is as broken as before';
      if (verdict !== 'fixed') return verdict ? `mended, but called ${verdict}` : 'mended, but nobody said so';
      return left.length > 0 ? `mended, but ${left.map(({ fault }) => fault).join(', ')} still shown` : undefined;
    case 'handed-over': {
      if (!handoff) return 'nobody was called';
      const at = lines.findIndex(({ heard }) => heard?.handoff);
      const turns = lines.slice(0, at).filter(({ by }) => by === 'person').length;
      if (wanted.within && turns > wanted.within) return `handed over only after ${turns} turns`;
      return mended ? 'the person mended it alone' : undefined;
    }
    case 'left-alone': {
      if (carried.length > 0) return `the machine was told to ${carried[0]?.name}`;
      const claimed = heard.find(({ faults }) => faults.length > 0);
      return claimed ? `a fault was claimed: ${claimed.faults[0]?.fault}` : undefined;
    }
    case 'told': {
      if (carried.length > 0) return `the machine was told to ${carried[0]?.name}`;
      if (!found.some(({ fault }) => fault === wanted.fault)) return `the edge had not found ${wanted.fault}`;
      const named = heard.some(({ text, faults }) =>
        faults.some(({ fault }) => fault === wanted.fault && text.includes(titleOf(left.concat(found), fault, task.language))),
      );
      if (!named) return `${wanted.fault} was not named`;
      return unsaid(wanted.mentions, heard);
    }
    case 'commanded': {
      if (!carried.some(({ name }) => name === wanted.command)) return `${wanted.command} never reached the machine`;
      const off = Object.entries(wanted.shows).find(([signal, value]) => shows[signal] !== value);
      return off ? `${off[0]} is ${shows[off[0]]}, not ${off[1]}` : undefined;
    }
    case 'withheld':
      return carried.some(({ name }) => name === wanted.command) ? `${wanted.command} reached the machine` : unsaid(wanted.mentions, heard);
  }
}

/** The first thing somebody asked that no answer told, or that they never came to ask. */
function unanswered({ task, lines }: Played): string | undefined {
  const answersTo = (asked: string) =>
    lines.flatMap(({ means }, at) => {
      if (means !== asked) return [];
      const next = lines.findIndex(({ by }, n) => n > at && by === 'person');
      return lines.slice(at + 1, next < 0 ? undefined : next).map(({ text }) => text);
    });
  const missing = Object.entries(task.hears).find(([asked, hears]) => !looksLike(hears).test(answersTo(asked).join('\n')));
  return missing && `${missing[0]} was not answered`;
}

/** The first word that was to be said and was not. */
function unsaid(mentions: readonly string[], heard: readonly { text: string }[]): string | undefined {
  const missing = mentions.find((word) => !heard.some(({ text }) => text.toLowerCase().includes(word.toLowerCase())));
  return missing && `"${missing}" was not said`;
}

const titleOf = (faults: Played['found'], id: string, language: string): string =>
  faults.find(({ fault }) => fault === id)?.title[language === 'en' ? 'en' : 'zh'] ?? '\u0000';
