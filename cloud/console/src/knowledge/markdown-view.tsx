import Markdown from 'react-markdown';
import css from './markdown.module.css';

/** An article as it reads. Raw HTML in it is shown as text, never run: react-markdown builds elements, not markup. */
export function MarkdownView({ text }: { text: string }) {
  return (
    <div className={css.markdown} dir="auto">
      <Markdown components={{ a: ({ href, children }) => <Outside href={href}>{children}</Outside> }}>{text}</Markdown>
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
