import { anonymous, authorise, may } from '@mcr/identity';
import type { RequestContext } from '../graphql/request-context.ts';

/** Lets the request go on if the policy allows it the action. Who asks is found out only where it matters. */
export async function allow(request: RequestContext, action: string): Promise<void> {
  if (!may(anonymous, action)) authorise(await request.principal(), action);
}
