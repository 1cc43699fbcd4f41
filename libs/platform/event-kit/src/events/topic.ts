/** A named stream of events. `partitions` is part of its contract and never changes for a released name. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  /** The service whose log it is: only that one appends to it, and whoever misses something asks it. */
  readonly service: string;
}

const LEGAL_NAME = /^mcr\.[a-z]+(\.[a-z]+)*\.v[1-9][0-9]*$/;
const LEGAL_SERVICE = /^[a-z]+$/;

/** @throws TypeError when the name, the number of partitions or the service is not legal. */
export function defineTopic(topic: Topic): Topic {
  if (!LEGAL_NAME.test(topic.name)) throw new TypeError(`Illegal topic name "${topic.name}": expected mcr.<words>.v<n>.`);
  if (!Number.isInteger(topic.partitions) || topic.partitions < 1) throw new TypeError(`Topic ${topic.name} needs at least one partition.`);
  if (!LEGAL_SERVICE.test(topic.service)) throw new TypeError(`Topic ${topic.name} needs the service that owns it, such as "awards".`);
  return Object.freeze({ ...topic });
}

/**
 * The partition of a key: FNV-1a over its UTF-8 bytes, modulo the number of partitions.
 * The same text always falls into the same partition, in every process and release.
 */
export function partitionOf(key: string, partitions: number): number {
  if (partitions === 1) return 0;
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}
