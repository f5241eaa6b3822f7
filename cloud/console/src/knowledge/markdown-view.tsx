import ArticleMarkdown from '@wayside/web/article-markdown';
import css from './markdown.module.css';

/** An article as it reads; its links open beside the console. */
export function MarkdownView({ text }: { text: string }) {
  return (
    <div className={css.markdown} dir="auto">
      <ArticleMarkdown
        text={text}
        pictureUrl={(hash) => `v1/pictures/${hash}`}
        components={{ a: ({ href, children }) => <Outside href={href}>{children}</Outside> }}
      />
    </div>
  );
}

function Outside({ href, children }: { href?: string | undefined; children?: React.ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
