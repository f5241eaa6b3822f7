import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Locale } from '../api/types.ts';
import { keep, kept } from '../shell/kept.ts';
import page from '../shell/page.module.css';
import { go, hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { ArticleFields } from './article-fields.tsx';
import css from './knowledge.module.css';
import { Sides } from './sides.tsx';
import { type ArticleText, idOf, readKept } from './text-of.ts';

const blank: ArticleText = { title: '', body: '', family: '', faults: [], tags: [], sources: [], applies: [] };
const key = 'article.new';

/** A new article: it begins as a draft; its id and language are chosen once. */
export function NewArticlePage() {
  const { w, locale } = useWords();
  const [text, setText] = useState(() => readKept(kept(key))?.text ?? blank);
  const [chosenId, setId] = useState<string | undefined>();
  const [language, setLanguage] = useState<Locale>(locale);
  const id = chosenId ?? idOf(text.title);
  const edit = (part: Partial<ArticleText>) => {
    const next = { ...text, ...part };
    setText(next);
    keep(key, JSON.stringify({ version: 0, text: next }));
  };
  const create = useAct(async () => {
    const made = await hub.createArticle({ ...text, id, locale: language });
    keep(key, '');
    go({ page: 'article', id: made.id, locale: made.locale });
  });
  const ready = [text.title, text.body, text.family, id].every((each) => each.trim() !== '');
  return (
    <section className={css.editor} aria-labelledby="new-article-title">
      <header className={page.head}>
        <ActionIcon component="a" href={hashOf({ page: 'articles' })} aria-label={w.shell.back}>
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <h1 id="new-article-title" className={`${page.title} ${css.headline}`}>
          {w.editor.newTitle}
        </h1>
        <SegmentedControl
          aria-label={w.editor.language}
          size="xs"
          value={language}
          onChange={(value) => setLanguage(value as Locale)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: '中文' },
          ]}
        />
        <TextInput
          aria-label={w.editor.id}
          placeholder={w.editor.id}
          title={w.editor.idHint}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button size="sm" disabled={!ready} loading={create.busy} onClick={() => void create.run()}>
          {w.editor.create}
        </Button>
      </header>
      <div className={css.notes}>
        <Trouble error={create.error} />
      </div>
      <ArticleFields text={text} onEdit={edit} />
      <Sides text={text} onEdit={(body) => edit({ body })} />
    </section>
  );
}
