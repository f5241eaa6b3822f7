import type { Answer, HandoffState, HandoffStatus, SessionEvent, Transcript, TurnAnswered } from '../api/types.ts';

type Turn = Transcript['turns'][number];
type Command = NonNullable<Answer['command']>;

/**
 * One line on the screen: a turn, and what only this panel knows of it.
 * `pending`: said here, not yet acknowledged. `refused`: why the edge did not take it. `note`: what became of it, instead of an answer.
 */
export type Line = Omit<Turn, 'session'> & { answer?: Answer; pending?: true; refused?: string; note?: string };

export type History = {
  lines: readonly Line[];
  /** An answer that is still being written. */
  streaming: { turn: string; text: string } | null;
  handoff: HandoffStatus | null;
};

export const emptyHistory: History = { lines: [], streaming: null, handoff: null };

/** The way of a handoff, in the order in which it goes. */
export const handoffSteps: readonly HandoffState[] = ['saved', 'at-hub', 'seen', 'answered', 'resolved'];

/**
 * What is known of a handoff after one more word of it: of the same case, an earlier step that is told late takes nothing back. A resolved one
 * that is at the hub was opened again.
 */
function further(known: HandoffStatus | null, told: HandoffStatus | null): HandoffStatus | null {
  if (!known || !told || known.case !== told.case || (known.state === 'resolved' && told.state === 'at-hub')) return told;
  return handoffSteps.indexOf(told.state) < handoffSteps.indexOf(known.state) ? { ...known, ...told, state: known.state } : told;
}

/** The id of the agent's line that answers an utterance, as the edge makes it. */
const answerId = (turn: string) => `${turn}.a`;

/** Everything that can happen to a conversation as seen from here. */
export type HistoryEvent =
  | SessionEvent
  | { event: 'said'; data: { id: string; text: string; at: number } }
  | { event: 'answered'; data: TurnAnswered; at: number }
  | { event: 'refused'; data: { id: string; detail: string } }
  | { event: 'transcript'; data: Transcript };

/**
 * The conversation after one more event. The same turn comes by several ways (the reply to our call, the event stream, the transcript
 * after a gap) and in any order; by its id it is one line. What only one of the ways carries (the tappable question, the step) stays.
 */
export function remember(history: History, happened: HistoryEvent): History {
  switch (happened.event) {
    case 'said':
      return { ...history, lines: put(history.lines, { ...happened.data, by: 'operator', citations: [], pending: true }) };
    case 'turn': {
      const { session: _, ...turn } = happened.data;
      return { ...history, lines: put(history.lines, turn), streaming: turn.by === 'agent' ? null : history.streaming };
    }
    case 'answered':
      return answered(history, happened.data, happened.at);
    case 'refused':
      return {
        ...history,
        lines: history.lines.map((line) => (line.id === happened.data.id ? { ...settle(line), refused: happened.data.detail } : line)),
      };
    case 'token': {
      const { turn, text } = happened.data;
      // A late token of an answer that already stands whole must not open it again.
      if (history.lines.some((line) => line.id === answerId(turn) || (line.id === turn && line.by === 'agent'))) return history;
      return { ...history, streaming: { turn, text: history.streaming?.turn === turn ? history.streaming.text + text : text } };
    }
    case 'handoff':
      return { ...history, handoff: further(history.handoff, happened.data) };
    case 'command':
      return { ...history, lines: history.lines.map((line) => withCommand(line, happened.data)) };
    case 'outcome':
      return 'command' in happened.data
        ? { ...history, lines: history.lines.map((line) => withCommand(line, (happened.data as { command: Command }).command)) }
        : history;
    case 'transcript':
      return caughtUp(history, happened.data);
  }
}

function answered(history: History, { turn, answer, handoff }: TurnAnswered, at: number): History {
  const said = history.lines.find((line) => line.id === turn);
  let lines = said ? put(history.lines, settle(said)) : history.lines;
  // While a technician is in the conversation the agent adds no line of its own: it only says that the words were passed on.
  if (answer.rung === 'human') lines = lines.map((line) => (line.id === turn ? { ...line, note: answer.text } : line));
  else {
    const { text, rung, citations } = answer;
    lines = put(lines, { id: answerId(turn), at, by: 'agent', text, rung, citations, answer });
  }
  return { lines, streaming: null, handoff: further(history.handoff, handoff ?? history.handoff) };
}

/** The edge's order first; then what it has not got yet, in the order it was said here. */
function caughtUp(history: History, { turns, handoff, commands = [] }: Transcript): History {
  const known = new Map(history.lines.map((line) => [line.id, line]));
  const stored = turns.map(({ session: _, ...turn }) => merge(known.get(turn.id), turn));
  const ids = new Set(turns.map((turn) => turn.id));
  const lines = [...stored, ...history.lines.filter((line) => !ids.has(line.id))];
  return {
    ...history,
    handoff: further(history.handoff, handoff),
    lines: commands.reduce((now, command) => now.map((line) => withCommand(line, command)), lines),
  };
}

/** In its place when it is known; else before what still waits to be sent, since that is said after it. */
function put(lines: readonly Line[], line: Line): readonly Line[] {
  if (lines.some((other) => other.id === line.id)) return lines.map((other) => (other.id === line.id ? merge(other, line) : other));
  if (line.pending) return [...lines, line];
  const answers = lines.findIndex((other) => answerId(other.id) === line.id);
  if (answers >= 0) return [...lines.slice(0, answers + 1), line, ...lines.slice(answers + 1)];
  const waiting = lines.findIndex((other) => other.pending);
  return waiting < 0 ? [...lines, line] : [...lines.slice(0, waiting), line, ...lines.slice(waiting)];
}

function merge(known: Line | undefined, line: Line): Line {
  if (!known) return line;
  // Kept from what was here: the answer's tappable parts. Not kept: that it waits, unless it is we who say so again.
  const merged = { ...settle(known), ...line };
  return line.pending && !known.pending ? settle(merged) : merged;
}

function settle({ pending: _, refused: __, ...line }: Line): Line {
  return line;
}

/** How far a command is; what comes late by another way does not set it back. */
const ranks = ['proposed', 'consented', 'running', 'reading-back', 'no-answer'];
const rank = ({ state }: Command) => (ranks.includes(state) ? ranks.indexOf(state) : ranks.length);

/** A command's card, wherever it stands, says how far the command has come. */
function withCommand(line: Line, command: Command): Line {
  const known = line.answer?.command;
  if (!line.answer || known?.command !== command.command || rank(command) < rank(known)) return line;
  return { ...line, answer: { ...line.answer, command } };
}
