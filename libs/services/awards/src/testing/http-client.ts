import { CLOUDEVENT } from '@mcr/contracts';
import type { AwardsRegistry, Institution } from './awards-registry.ts';

export interface Sent {
  readonly token?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { submissions: { eventId: string; submissionId: string; state: string }[]; code: string; errors: { pointer: string; code: string }[] };
}

export const answered = async (response: Response): Promise<Answered> => ({
  status: response.status,
  headers: response.headers,
  body: (await response.json()) as Answered['body'],
});

/** The claims of a publishing client's access token. */
export const claimsOf = (clientId: string) => ({ sub: clientId, client_id: clientId, roles: ['institution-client'], scope: 'award:publish' });

/** Speaks to the faces of a running registry, as that institution's publishing client unless another token is given. */
export const httpClient = (registry: AwardsRegistry, institution: Institution) => ({
  async post(body: unknown, { token, type = CLOUDEVENT, headers = {} }: Sent = {}): Promise<Answered> {
    const authorization = `Bearer ${token ?? (await registry.tokenOf(institution))}`;
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    return answered(
      await fetch(`${registry.url}/events`, { method: 'POST', headers: { authorization, 'content-type': type, ...headers }, body: text as string }),
    );
  },
  async get(submissionId: string, token: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${registry.url}/submissions/${submissionId}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  },
});
