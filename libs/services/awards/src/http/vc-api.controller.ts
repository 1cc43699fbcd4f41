import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { type Credential, type JsonObject, type SecuredCredential, faultsOfCredential } from '@mcr/credentials';
import { type Fault, Refusal, faultsOf } from '@mcr/event-kit';
import { TokenVerifier, authorise } from '@mcr/identity';
import { Clock } from '@mcr/runtime';
import { z } from 'zod';
import { DocumentSigner } from '../credentials/signing/document-signer.ts';
import { Verifier } from '../credentials/verification/verifier.ts';
import { delegatedKeyOf } from '../storage/verification-store.ts';
import { Database } from '@mcr/database';
import { Callers } from './callers.ts';

const JsonObjectSchema = z.record(z.string(), z.unknown()).transform((value) => value as JsonObject);
const Secured = z.union([z.string().min(1), JsonObjectSchema]);
const options = z.looseObject({ challenge: z.string().max(500).optional(), domain: z.union([z.string(), z.array(z.string())]).optional() }).optional();
const Issue = z.object({ credential: JsonObjectSchema, options });
const VerifyOne = z.object({ verifiableCredential: Secured, options });
const VerifyShown = z.object({ verifiablePresentation: Secured, options });

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal('MALFORMED_REQUEST', undefined, { faults: faultsOf(parsed.error, body) });
}

const refused = (detail: string, faults: readonly Fault[]): Refusal => new Refusal('MALFORMED_REQUEST', detail, { faults });

/** The VC API of the W3C's credentials community, for integrators and test suites. What is issued here is no award: the registry keeps nothing of it. */
@Controller()
export class VcApiController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly callers: Callers,
    private readonly signer: DocumentSigner,
    private readonly verifier: Verifier,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Signs a credential of a publishing client's institution, with the key that the registry keeps for it. */
  @Post('credentials/issue')
  @HttpCode(201)
  async issue(@Headers('authorization') authorization: string | undefined, @Body() body: unknown): Promise<{ verifiableCredential: SecuredCredential }> {
    const principal = await this.tokens.verify(authorization);
    authorise(principal, 'credential:issue');
    const institution = await this.callers.publisherOf(principal);
    const { credential } = read(Issue, body);
    const key = await delegatedKeyOf(this.database, institution);
    if (!key) throw new Refusal('ILLEGAL_STATE', 'The registry does not sign for this institution: delegate signing first.');
    const issuer = (credential['issuer'] as { id?: unknown } | undefined)?.id ?? credential['issuer'];
    if (issuer !== key.did)
      throw refused('The issuer is not your institution.', [{ pointer: '/credential/issuer', code: 'NOT_YOURS', message: `Expected ${key.did}.` }]);
    if (credential['proof'] !== undefined)
      throw refused('The credential is signed already.', [{ pointer: '/credential/proof', code: 'NOT_ALLOWED', message: 'Send it without a proof.' }]);
    const faults = await faultsOfCredential(credential);
    if (faults.length > 0)
      throw refused(
        'The credential is not one.',
        faults.map((fault) => ({ ...fault, pointer: `/credential${fault.pointer}` })),
      );
    const [verifiableCredential] = await this.signer.secure([{ document: credential as Credential, verificationMethod: key.kid, created: this.clock.now() }]);
    if (!verifiableCredential) throw new Refusal('UNAVAILABLE', 'The key changed just now.', { retryAfterSeconds: 2 });
    return { verifiableCredential };
  }

  @Post('credentials/verify')
  @HttpCode(200)
  async verifyOne(@Body() body: unknown) {
    const { verifiableCredential } = read(VerifyOne, body);
    const verification = await this.verifier.verifyAnybodys(verifiableCredential);
    if (verification.verdict === 'VALID') return { verified: true, ...verification };
    throw refused(`The verdict is ${verification.verdict}.`, faultsIn(verification.checks));
  }

  @Post('presentations/verify')
  @HttpCode(200)
  async verifyShown(@Body() body: unknown) {
    const { verifiablePresentation, options: occasion = {} } = read(VerifyShown, body);
    const { challenge, domain } = occasion;
    const { outcome, checks, credentials } = await this.verifier.verifyPresentation(verifiablePresentation, { challenge, domain });
    if (outcome === 'PASS' && credentials.every(({ verdict }) => verdict === 'VALID')) return { verified: true, checks, credentials };
    throw refused('The presentation is not verified.', [...faultsIn(checks), ...credentials.flatMap((credential) => faultsIn(credential.checks))]);
  }
}

/** What did not hold, as the faults of a problem. */
const faultsIn = (checks: readonly { id: string; outcome: string; code: string; message: string; faults?: readonly Fault[] }[]): Fault[] =>
  checks
    .filter(({ outcome }) => outcome === 'FAIL' || outcome === 'UNKNOWN')
    .flatMap(({ id, code, message, faults }) => faults ?? [{ pointer: '', code, message: `${id}: ${message}` }]);
