const MOST_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 20_000;

/**
 * The text at an address, at most 4 MiB of it, without following anywhere else.
 * @throws Error with the reason when it cannot be had.
 */
export async function textAt(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`it answers ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) throw new Error('it is larger than 4 MiB');
    parts.push(part);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
}
