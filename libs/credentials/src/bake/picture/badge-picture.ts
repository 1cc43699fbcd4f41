import { type Block, blockOf } from './lines.ts';

/** What a picture shows. Nothing about a person: it is the same for everybody who earned the micro-credential. */
export interface BadgePictureSource {
  readonly microCredential: string;
  readonly institution: string;
  readonly language?: 'en-CA' | 'fr-CA';
}

const HEADINGS = { 'en-CA': 'Micro-credential', 'fr-CA': 'Microcertification' } as const;

const NAVY = '#0b3c5d';
const WHITE = '#ffffff';

// Controls, which XML forbids, and signs that turn the direction of what follows.
const UNSEEN = /\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

const shown = (text: string): string => text.toWellFormed().replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The lines of a block, one below the other around a height. */
function drawn({ lines, fontSize }: Block, middle: number, colour: string, weight: 'bold' | 'normal'): string {
  const step = fontSize * 1.25;
  const first = middle - ((lines.length - 1) * step) / 2 + fontSize * 0.35;
  const spans = lines.map((line, index) => `<tspan x="256" y="${Math.round(first + index * step)}">${escaped(line)}</tspan>`);
  return `<text fill="${colour}" font-size="${fontSize}" font-weight="${weight}">${spans.join('')}</text>`;
}

/**
 * A plain picture of a badge as SVG, 512 by 512, in two colours of high contrast (more than 11:1). Its title and description say to readers of
 * screens what it shows, in full where a line had to be cut.
 */
export function badgePicture({ microCredential, institution, language = 'en-CA' }: BadgePictureSource): string {
  const [name, by, heading] = [shown(microCredential), shown(institution), HEADINGS[language]];
  const nameBlock = blockOf(name, { width: 424, mostLines: 5, letters: [14, 18, 23, 29] });
  const byBlock = blockOf(by, { width: 424, mostLines: 2, letters: [24, 30, 38] });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512" role="img" aria-labelledby="title description" xml:lang="${language}">`,
    `<title id="title">${escaped(name)}</title>`,
    `<desc id="description">${escaped(`${heading}, ${by}`)}</desc>`,
    `<rect width="512" height="512" rx="56" fill="${NAVY}"/>`,
    `<path d="M16 112h480v272H16z" fill="${WHITE}"/>`,
    `<path d="M64 58l14 14 28-32" fill="none" stroke="${WHITE}" stroke-width="11" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<g font-family="DejaVu Sans, Verdana, sans-serif" text-anchor="middle">`,
    `<text x="272" y="68" fill="${WHITE}" font-size="32">${heading}</text>`,
    drawn(nameBlock, 248, NAVY, 'bold'),
    drawn(byBlock, 440, WHITE, 'normal'),
    '</g></svg>',
  ].join('\n');
}
