import { Button, VisuallyHidden } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Help as HelpData, Locale } from '../api/types.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { sayPercent } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './insight.module.css';

/** Are people helped? By the agent alone, as the machines show, as they say themselves, and by which articles. */
export function Help() {
  const { w, locale: ours } = useWords();
  const { data, error, reload } = useLoaded('help', hub.help, (event) => event.event === 'case');
  if (data === undefined) return <Trouble error={error} onRetry={reload} />;
  const { talks, handedOver, repairs, satisfaction } = data;
  const share = (part: number, whole: number) => (whole === 0 ? w.insight.notYet : sayPercent(part / whole));
  const judged = repairs.fixed + repairs.notFixed;
  const rated = satisfaction.good + satisfaction.bad;
  const most = Math.max(1, ...data.byDay.flatMap(({ opened, resolved }) => [opened, resolved]));
  return (
    <>
      <section className={`${css.bars} ${css.whole}`} aria-labelledby="helped-title">
        <div className={css.titleLine}>
          <h2 id="helped-title">{w.help.title(data.days)}</h2>
          <Button
            size="compact-xs"
            variant="default"
            component="a"
            href="v1/insight/days.csv"
            download
            leftSection={<IconDownload size={13} aria-hidden />}
          >
            CSV
          </Button>
        </div>
        <dl className={css.numbers}>
          <Share name={w.help.alone} value={share(talks - handedOver, talks)} of={w.help.ofTalks(talks)} />
          <Share name={w.help.confirmed} value={share(repairs.fixed, judged)} of={w.help.ofRepairs(judged, repairs.tooEarly)} />
          <Share name={w.help.satisfied} value={share(satisfaction.good, rated)} of={w.help.ofRated(rated)} />
        </dl>
        <h3>{w.help.more}</h3>
        <table className={css.days}>
          <caption>{w.help.key(most)}</caption>
          <tbody>
            <tr>
              {data.byDay.map(({ day, opened, resolved }) => (
                <td key={day} title={w.help.day(day, opened, resolved)}>
                  <span className={css.opened} style={{ height: `${(opened / most) * 100}%` }} />
                  <span className={css.resolved} style={{ height: `${(resolved / most) * 100}%` }} />
                  <VisuallyHidden component="span">{w.help.day(day, opened, resolved)}</VisuallyHidden>
                </td>
              ))}
            </tr>
          </tbody>
          <tfoot aria-hidden>
            <tr>
              <td colSpan={data.byDay.length - 4}>{data.byDay[0]?.day}</td>
              <td colSpan={4}>{data.byDay.at(-1)?.day}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      <section className={`${css.bars} ${css.whole}`} aria-labelledby="articles-title">
        <h2 id="articles-title">{w.help.articles}</h2>
        {data.articles.length === 0 && <p>{w.insight.none}</p>}
        {data.articles.length > 0 && (
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{w.help.article}</th>
                <th scope="col">{w.help.uses}</th>
                <th scope="col">{w.help.worked}</th>
              </tr>
            </thead>
            <tbody>
              {inOneLanguage(data.articles, ours).map(({ id, locale, title, uses, rate }) => (
                <tr key={`${id} ${locale}`}>
                  <th scope="row" lang={locale === 'zh' ? 'zh-Hans' : 'en'}>
                    <a href={hashOf({ page: 'article', id, locale })}>{title}</a>
                  </th>
                  <td>{uses}</td>
                  <td>{rate ? `${rate.fixed} / ${rate.fixed + rate.notFixed}` : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

/** Uses are counted for both languages of an article together: it is one line, in the reader's language where it has that. */
function inOneLanguage(articles: HelpData['articles'], ours: Locale): HelpData['articles'] {
  const lines = new Map<string, HelpData['articles'][number]>();
  for (const article of articles) if (!lines.has(article.id) || article.locale === ours) lines.set(article.id, article);
  return [...lines.values()];
}

function Share({ name, value, of }: { name: string; value: string; of: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className={css.of}>{of}</dd>
    </div>
  );
}
