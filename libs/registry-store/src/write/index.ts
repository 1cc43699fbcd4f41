/** How the registry is written: by `search`, in the transaction that moves its checkpoint, each function one statement. */
export type { Writer } from './writer.ts';
export * from './agreements.ts';
export * from './applied.ts';
export * from './awards.ts';
export * from './institutions.ts';
export * from './micro-credentials.ts';
export * from './pathways.ts';
