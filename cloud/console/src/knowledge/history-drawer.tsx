import { Button, Drawer, Group } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { ArticleVersion, ArticleView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { stateTone } from './article-table.tsx';
import css from './knowledge.module.css';
import { TextDiff } from './text-diff.tsx';

type Props = {
  article: ArticleView;
  opened: boolean;
  unsaved: boolean;
  onClose: () => void;
  onArticle: (article: ArticleView) => void;
};

/** How the text came about: every version, what each changed, and the way back to one. */
export function HistoryDrawer({ article, opened, unsaved, onClose, onArticle }: Props) {
  const { w } = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title={w.editor.history}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      {opened && (
        <Versions
          article={article}
          unsaved={unsaved}
          onArticle={(next) => {
            onArticle(next);
            onClose();
          }}
        />
      )}
    </Drawer>
  );
}

function Versions({ article, unsaved, onArticle }: Pick<Props, 'article' | 'unsaved' | 'onArticle'>) {
  const { w, locale } = useWords();
  const now = useNow();
  const [chosen, setChosen] = useState<number | undefined>();
  const { data, error, reload } = useLoaded(`versions ${article.id} ${article.locale} ${article.version}`, () =>
    hub.versions(article.id, article.locale),
  );
  const back = useAct(async (to: number) => onArticle(await hub.rollBack(article, to)));
  if (data === undefined) return error ? <Trouble error={error} onRetry={reload} /> : <Waiting />;
  const at = Math.max(
    0,
    data.versions.findIndex(({ version }) => version === chosen),
  );
  const shown = data.versions[at];
  const before = data.versions[at + 1];
  if (shown === undefined) return <p>{w.editor.noHistory}</p>;
  return (
    <>
      <ul className={css.versions}>
        {data.versions.map(({ version, state, by, at: when, note }) => (
          <li key={version}>
            <button type="button" aria-pressed={version === shown.version} onClick={() => setChosen(version)}>
              <span>{w.editor.version(version)}</span>
              <Tag tone={stateTone[state]}>{w.articles.states[state]}</Tag>
              <span>{[by, note].filter(Boolean).join(' · ')}</span>
              <span>{sayWhen(when, now, locale)}</span>
            </button>
          </li>
        ))}
      </ul>
      <TextDiff before={before ? asText(before) : ''} after={asText(shown)} />
      <Trouble error={back.error} />
      {shown.version !== article.version && (
        <Group justify="flex-end" mt="sm">
          {unsaved && <span>{w.editor.unsavedFirst}</span>}
          <Button size="sm" variant="default" loading={back.busy} disabled={unsaved} onClick={() => void back.run(shown.version)}>
            {w.editor.rollBack(shown.version)}
          </Button>
        </Group>
      )}
    </>
  );
}

const asText = ({ text }: ArticleVersion): string => `# ${text.title}\n\n${text.body}`;
