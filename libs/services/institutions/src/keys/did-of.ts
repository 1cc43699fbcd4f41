import { didWebOf } from '@mcr/credentials';

/** The `did:web` of an institution: its document is at `/institutions/{code}/did.json` of the registry's public address. */
export const didOf = (publicUrl: string, code: string): string => didWebOf(`${publicUrl}/institutions/${code}`);
