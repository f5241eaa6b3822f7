import type { ArticleRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { FamilyIcon } from '../shell/family-icon.tsx';
import { hashOf } from '../shell/route.ts';
import { Tag } from '../shell/tag.tsx';
import { sayWhen } from '../words/say.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';

/** How an article's state looks. */
export const stateTone = { draft: 'quiet', 'not-validated': 'warning', published: 'good', withdrawn: 'quiet' } as const;

/** The articles as a table; the title is the link. */
export function ArticleTable({ articles }: { articles: ArticleRow[] }) {
  const { w, locale } = useWords();
  const names = useNames();
  const now = useNow();
  const { columns } = w.articles;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th>{columns.title}</th>
          <th>{w.articles.state}</th>
          <th className={css.wide}>{columns.family}</th>
          <th className={css.wide}>{columns.faults}</th>
          <th className={css.number}>{columns.uses}</th>
          <th className={css.number}>{columns.rate}</th>
          <th className={css.number}>{columns.version}</th>
          <th className={css.wide}>{columns.changed}</th>
        </tr>
      </thead>
      <tbody>
        {articles.map((each) => (
          <tr key={`${each.id} ${each.locale}`}>
            <td>
              <a className={css.open} href={hashOf({ page: 'article', id: each.id, locale: each.locale })}>
                <span className={css.lang}>{each.locale === 'zh' ? '中' : 'EN'}</span>
                <span lang={each.locale === 'zh' ? 'zh-Hans' : 'en'}>{each.title}</span>
              </a>
              {each.origin !== 'technician' && <span className={css.origin}>{w.articles.origins[each.origin]}</span>}
            </td>
            <td>
              <Tag tone={stateTone[each.state]}>{w.articles.states[each.state]}</Tag>
            </td>
            <td className={css.wide}>
              <span className={css.family}>
                <FamilyIcon family={each.family} />
                {names.family(each.family)}
              </span>
            </td>
            <td className={`${css.wide} ${css.faults}`} title={each.faults.join(w.shell.comma)}>
              {each.faults.map((fault) => names.fault(each.family, fault)).join(w.shell.comma)}
            </td>
            <td className={css.number}>{each.uses > 0 && each.uses}</td>
            <td className={css.number}>
              {each.rate && (
                <span title={w.articles.rateHelp(each.rate.tries)}>
                  {w.articles.rate(each.rate.fixed, each.rate.fixed + each.rate.notFixed)}
                </span>
              )}
            </td>
            <td className={css.number}>{each.version}</td>
            <td className={css.wide}>
              {sayWhen(each.updatedAt, now, locale)} · {each.by}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
