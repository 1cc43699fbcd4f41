/** Lines stay under the 560 characters that readers of LP text allow; newer ones allow more. */
const LINE = 400;

/** The parts of a sum one after the other, on as many lines as it takes. */
export function inLines(parts: readonly string[]): string {
  const lines = [''];
  for (const part of parts) {
    if (lines.at(-1)!.length + part.length > LINE) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines.join('\n');
}
