/** What a piece of an article says without its marks: headings, lists, emphasis, links, tables, citation marks and emoji are for the eye. */
export function withoutMarkup(text: string): string {
  return (
    text
      .replace(/^[ \t]*(?:```|~~~)[^\n]*$/gm, ' ')
      .replace(/^[ \t]*(?:[-*_][ \t]*){3,}$/gm, ' ')
      .replace(/^[ \t]*\|?[ \t]*:?-{2,}:?[ \t|:-]*$/gm, ' ')
      .replace(/<[^<>\n]{1,200}>/g, ' ')
      .replace(/!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/g, '$1')
      // Citation marks, "[1]" and "[^note]", and what is only an anchor.
      .replace(/\[(?:\^[^\]\n]{1,40}|\d{1,3}(?:[,–-] ?\d{1,3})*)\]|【\d{1,3}】/g, '')
      .replace(/\b(?:https?|ftp|mqtts?):\/\/[^\s)，。；]+/gi, ' ')
      .replace(/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?)/gm, '')
      .replace(/^(.*\|.*)$/gm, (row) =>
        row
          .split('|')
          .map((cell) => cell.trim())
          .filter(Boolean)
          .join(', '),
      )
      .replace(/`([^`\n]*)`/g, '$1')
      .replace(/(\*\*|__|~~)(?=\S)(.*?\S)\1/g, '$2')
      .replace(/(?<![\w*])[*_](?=\S)([^*_\n]*\S)[*_](?![\w*])/g, '$1')
      .replace(/(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D}|\u{20E3})(?<![©®™↔↕])/gu, ' ')
      .replace(/[\u200b\u200c\u2060\ufeff\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\n\t])/gu, ' ')
  );
}
