import Markdown, { type Components, defaultUrlTransform } from 'react-markdown';

type Props = {
  text: string;
  /** Where the picture of this SHA-256 is had from. */
  pictureUrl(hash: string): string;
  components?: Components;
};

const named = /^sha256:([0-9a-f]{64})$/;

/**
 * An article as it reads. HTML in it is shown as text, never run: react-markdown builds elements, not markup. A picture is shown when it is one of ours, named
 * by its hash; of any other its words are, since it would come from elsewhere and tell that place who reads.
 */
export default function ArticleMarkdown({ text, pictureUrl, components = {} }: Props) {
  return (
    <Markdown
      urlTransform={(url, key) => {
        if (key !== 'src') return defaultUrlTransform(url);
        const hash = named.exec(url)?.[1];
        return hash === undefined ? '' : pictureUrl(hash);
      }}
      components={{ img: ({ src, alt }) => (src ? <img src={src} alt={alt ?? ''} loading="lazy" /> : <span>{alt}</span>), ...components }}
    >
      {text}
    </Markdown>
  );
}
