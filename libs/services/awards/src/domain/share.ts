import { createHash, randomBytes } from 'node:crypto';

/** 128 bits: nobody guesses one, so a plain hash is enough to find it again. */
export const newShareToken = (): string => randomBytes(16).toString('base64url');

export const hashOfShareToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether a text can be a share token at all. */
export const isShareToken = (text: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(text);
