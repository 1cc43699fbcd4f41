export interface ServiceRequest {
  /** Its name, for messages. */
  readonly service: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly timeoutMs: number;
  /** Given: a POST with this as JSON. */
  readonly body?: unknown;
  /** Aborted when nobody waits for the answer any more: the other service sees that its caller is gone. */
  readonly signal?: AbortSignal;
}

/** Another service of the registry gave no answer. Passes by itself; its code is one that everybody takes for passing. */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
  readonly code: string;
  /** Nothing was sent, so nothing can have been done. */
  readonly notSent: boolean;

  constructor(service: string, cause: unknown) {
    super(`The ${service} service does not answer.`);
    const code = ((cause as { cause?: { code?: unknown } } | undefined)?.cause?.code ?? '') as string;
    this.notSent = code === 'ECONNREFUSED';
    this.code = this.notSent ? code : 'ETIMEDOUT';
  }
}

/** @throws ServiceAway when there is no answer in time. An answer of any status is an answer. */
export async function askService({
  service,
  url,
  token,
  timeoutMs,
  body,
  signal,
}: ServiceRequest): Promise<{ status: number; headers: Headers; body: unknown }> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: jsonOf(text) };
  } catch (error) {
    throw new ServiceAway(service, error);
  }
}

/** Undefined for what is no JSON, such as the page of a proxy in between. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
