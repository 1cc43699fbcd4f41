import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  CredentialRefusal,
  type PresentationVerification,
  type Received,
  type Verification,
  type VerificationLookups,
  type VerificationOptions,
  readBaked,
  verifyCredential,
  verifyCredentials,
  verifyPresentation,
} from '@mcr/credentials';
import { Refusal } from '@mcr/event-kit';
import { Clock } from '@mcr/runtime';
import type { IssuedCredential } from '../../storage/verification-store.ts';
import { RegistryLookups } from './registry-lookups.ts';

/** A presentation is made for one verifier and one occasion. */
export interface Occasion {
  readonly challenge?: string;
  readonly domain?: string | readonly string[];
}

/** Verifies what anybody presents. What is presented never makes it fail: it makes a verdict. */
@Injectable()
export class Verifier {
  constructor(
    private readonly lookups: RegistryLookups,
    private readonly clock: Clock,
  ) {}

  /** Whether it is an award of the registry, and what became of it. */
  verify(received: Received, asOf?: Date): Promise<Verification> {
    return verifyCredential(received, this.optionsWith(this.lookups.everything(), asOf));
  }

  /** The same for credentials that the registry issued, in their order: what they have in common is looked up and verified once. */
  async verifyIssued(issued: readonly IssuedCredential[]): Promise<readonly Verification[]> {
    const lookups = await this.lookups.everythingAbout(issued);
    const documents = issued.map(({ document }) => document);
    const verifications: Verification[] = [];
    for await (const verification of verifyCredentials(documents, this.optionsWith(lookups))) {
      verifications.push(verification);
      // Each takes milliseconds, and whoever else asks something has a turn before the next.
      await setImmediate();
    }
    return verifications;
  }

  /** The same for a picture with a credential in it. */
  verifyPicture(picture: Uint8Array, asOf?: Date): Promise<Verification> {
    try {
      return this.verify(readBaked(picture), asOf);
    } catch (error) {
      if (!(error instanceof CredentialRefusal)) throw error;
      throw new Refusal('INVALID_INPUT', error.message, { faults: error.faults });
    }
  }

  /** The same for what is at an address. @throws Refusal when it cannot be had. */
  async verifyAt(url: string, asOf?: Date): Promise<Verification> {
    let body: Uint8Array;
    try {
      body = await this.lookups.fetch(url);
    } catch (error) {
      const message = 'The address could not be read.';
      const hint = error instanceof Error ? error.message : undefined;
      throw new Refusal('INVALID_INPUT', message, { faults: [{ pointer: '/url', code: 'UNREACHABLE', message, hint }] });
    }
    return this.verify(body, asOf);
  }

  /** Whether a credential is in order by itself, whoever made it. */
  verifyAnybodys(received: Received): Promise<Verification> {
    return verifyCredential(received, this.optionsWith(this.lookups.withoutRegistry()));
  }

  verifyPresentation(received: Received, { challenge, domain }: Occasion): Promise<PresentationVerification> {
    return verifyPresentation(received, {
      ...this.optionsWith(this.lookups.withoutRegistry()),
      ...(challenge !== undefined && { challenge }),
      ...(domain !== undefined && { domain }),
    });
  }

  private optionsWith(lookups: VerificationLookups, asOf?: Date): VerificationOptions {
    return { lookups, now: this.clock.now(), statusIssuers: this.lookups.statusIssuers, ...(asOf && { asOf }) };
  }
}
