import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';
import { useTransferWords } from './use-transfer-words.ts';

/** How the case went from hand to hand between two moments of the conversation, epoch ms: later than the first, up to the second. */
export function Moves({ view, me, after, until }: { view: CaseView; me: string; after: number; until: number }) {
  const { locale } = useWords();
  const now = useNow();
  const say = useTransferWords(me);
  const moves = view.transfers
    .flatMap((each) => [
      { key: `${each.id} given`, at: each.at, text: say.given(each), note: each.text },
      ...(each.endedAt === null ? [] : [{ key: `${each.id} ended`, at: each.endedAt, text: say.ended(each), note: undefined }]),
    ])
    .filter(({ at }) => at > after && at <= until);
  return moves.map(({ key, at, text, note }) => (
    <li key={key} className={css.system}>
      {text} <time dateTime={new Date(at).toISOString()}>{sayWhen(at, now, locale)}</time>
      {note && <q>{note}</q>}
    </li>
  ));
}
