import { deflateSync } from 'node:zlib';
import { type Chunk, pngOf } from '../png/chunks.ts';

const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);

/** One red pixel, with other chunks between its header and its pixels. */
export const aPng = (...chunks: readonly Chunk[]): Uint8Array =>
  pngOf([
    { type: 'IHDR', data: header },
    ...chunks,
    { type: 'IDAT', data: deflateSync(Buffer.from([0, 255, 0, 0])) },
    { type: 'IEND', data: new Uint8Array() },
  ]);

export const textChunk = (keyword: string, text: string, flags = '\0\0', language = ''): Chunk => ({
  type: 'iTXt',
  data: Buffer.concat([Buffer.from(`${keyword}\0${flags}${language}\0\0`, 'latin1'), Buffer.from(text)]),
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const anSvg = (inside = '<circle r="9"/>', before = ''): Uint8Array =>
  bytes(`<?xml version="1.0" encoding="UTF-8"?>${before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${inside}</svg>`);
