import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));

/**
 * One of our own pictures as PNG, drawn with fonts that come along: the same on every machine. Not for drawings from elsewhere.
 * The program that draws is loaded at the first picture.
 */
export async function pngOfPicture(svg: string, width = 512): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const options = { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' } } as const;
  return Uint8Array.from(new Resvg(svg, { ...options, font: { ...options.font, fontFiles: [...fontFiles] } }).render().asPng());
}
