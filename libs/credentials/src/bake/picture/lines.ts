const graphemes = new Intl.Segmenter('en-CA', { granularity: 'grapheme' });

/** How wide a text is, in Latin letters: those of scripts with wide letters count for more. */
const widthOf = (text: string): number => [...graphemes.segment(text)].reduce((width, { segment }) => width + (segment.codePointAt(0)! >= 0x1100 ? 1.6 : 1), 0);

/** A word in pieces that fit into a line. */
function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [''];
  for (const { segment } of graphemes.segment(word)) {
    if (widthOf(found.at(-1)! + segment) > width) found.push('');
    found[found.length - 1] += segment;
  }
  return found;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, width))) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(`${line} ${word}`) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A text in lines of one size. */
export interface Block {
  readonly lines: readonly string[];
  readonly fontSize: number;
}

/**
 * Of the widths in letters, from few to many, the first at which no word is broken and the text fits into so many lines. At the last one words
 * are broken where they must be, and what is left over is cut off with an ellipsis.
 */
export function blockOf(text: string, room: { readonly width: number; readonly mostLines: number; readonly letters: readonly number[] }): Block {
  const longest = Math.max(...text.split(/\s+/).map(widthOf));
  const letters = room.letters.find((width) => longest <= width && wrapped(text, width).length <= room.mostLines) ?? room.letters.at(-1)!;
  const lines = wrapped(text, letters);
  const kept = lines.slice(0, room.mostLines);
  if (lines.length > kept.length) kept[kept.length - 1] += '…';
  // Two thirds of its size is what a bold letter of the typeface takes at most on average.
  return { lines: kept, fontSize: Math.floor(room.width / (letters * 0.68)) };
}
