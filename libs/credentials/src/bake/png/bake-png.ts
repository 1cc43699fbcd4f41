import { refuse } from '../../faults.ts';
import { bakedChunk, isBaked, textOf } from './baked-text.ts';
import { chunksOf, pngOf } from './chunks.ts';

/** The picture with a credential in it, in place of one that was there (Open Badges 3.0 §5.3.1). Its pixels stay as they are. */
export function bakeIntoPng(picture: Uint8Array, credential: string): Uint8Array {
  const [header, ...rest] = chunksOf(picture);
  return pngOf([header!, bakedChunk(credential), ...rest.filter((chunk) => !isBaked(chunk))]);
}

/** What is baked into a PNG picture. Two credentials are refused: readers would choose differently. */
export function bakedIntoPng(picture: Uint8Array): string {
  const [first, ...others] = chunksOf(picture).filter(isBaked);
  if (!first) return refuse('PICTURE_WITHOUT_CREDENTIAL');
  if (others.length > 0) refuse('PICTURE_AMBIGUOUS');
  return textOf(first);
}
