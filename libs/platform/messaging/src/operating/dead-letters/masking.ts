/** What may be seen of a text without being able to name a person: our own ids, dates and closed codes. Everything else is masked. */
const OPEN_TEXT = [
  /^ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/,
  /^[A-Z]{2,}(_[A-Z]+)*$/,
  /^1\.0$/,
  /^application\/json$/,
  /^urn:bc:mcr:(svc|schema):[A-Za-z0-9.:-]+$/,
  /^ca\.bc\.mcr\.[A-Za-z0-9.]+$/,
];

/** Under these names everything is masked, whatever it looks like: a name in capitals looks like a code. */
const PERSONAL = /learner|person|name|identifier|email|phone|birth|address|value|reason$|sourceaward|student|pen$/i;

const maskedText = (text: string): string => `[text of ${text.length} characters]`;

function masked(value: unknown, personal: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, personal));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, personal || PERSONAL.test(name))]));
  if (typeof value === 'string') return !personal && OPEN_TEXT.some((pattern) => pattern.test(value)) ? value : maskedText(value);
  return personal && value !== null ? '[masked]' : value;
}

/** An event as an operator may see it: its shape and our own ids and codes, with everything personal masked. Undefined when it is no JSON object. */
export function maskedEvent(event: string): Record<string, unknown> | undefined {
  let envelope: unknown;
  try {
    envelope = JSON.parse(event);
  } catch {
    return undefined;
  }
  if (envelope === null || typeof envelope !== 'object' || Array.isArray(envelope)) return undefined;
  return masked(envelope, false) as Record<string, unknown>;
}

/** What a handler said, without what it may have repeated of an event: quoted texts, addresses, numbers of five digits or more. */
export const maskedDetail = (detail: string): string =>
  detail
    .replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '[quoted]')
    .replace(/\S+@\S+/g, '[address]')
    .replace(/[A-Z]?\d[\d -]{3,}\d/g, '[number]');
