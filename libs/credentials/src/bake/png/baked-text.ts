import { refuse } from '../../faults.ts';
import type { Chunk } from './chunks.ts';

const KEYWORD = 'openbadgecredential';

/** An iTXt chunk (PNG §11.3.3.4) with the keyword, no compression, no language, no translated keyword. */
export const bakedChunk = (text: string): Chunk => ({
  type: 'iTXt',
  data: Buffer.concat([Buffer.from(`${KEYWORD}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]),
});

export function isBaked({ type, data }: Chunk): boolean {
  return (
    type === 'iTXt' &&
    Buffer.from(data)
      .subarray(0, KEYWORD.length + 1)
      .equals(Buffer.from(`${KEYWORD}\0`, 'latin1'))
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of such a chunk, whatever language it says it is in. */
export function textOf({ data }: Chunk): string {
  const flagsAt = KEYWORD.length + 1;
  if (data[flagsAt] !== 0) refuse('PICTURE_DAMAGED', '', 'A credential in a PNG file must not be compressed (Open Badges 3.0 §5.3.1).');
  const languageEnd = data.indexOf(0, flagsAt + 2);
  const keywordEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (keywordEnd < 0) refuse('PICTURE_DAMAGED', '', 'The text chunk with the credential is cut off.');
  try {
    return utf8.decode(data.subarray(keywordEnd + 1));
  } catch {
    return refuse('NOT_UTF8');
  }
}
