/** The parts of packages without types that are used here. */
declare module 'jsonld' {
  interface Options {
    readonly documentLoader: (url: string) => Promise<unknown>;
    readonly safe: true;
    readonly base: null;
  }
  interface CanonizeOptions extends Options {
    readonly rdfDirection: 'i18n-datatype';
    readonly canonizeOptions: { readonly algorithm: 'RDFC-1.0'; readonly maxWorkFactor: number };
  }
  const jsonld: {
    expand(document: unknown, options: Options): Promise<unknown[]>;
    canonize(document: unknown, options: CanonizeOptions): Promise<string>;
  };
  export default jsonld;
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string;
  export function decode(text: string): Uint8Array;
}
