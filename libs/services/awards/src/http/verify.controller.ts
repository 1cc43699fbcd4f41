import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import type { Verification } from '@mcr/credentials';
import { Instant, Refusal, faultsOf } from '@mcr/event-kit';
import { z } from 'zod';
import { CredentialHolders } from '../credentials/credential-holders.ts';
import { Verifier } from '../credentials/verification/verifier.ts';

const asOf = Instant.optional();
const Credential = z.union([z.string().min(1), z.record(z.string(), z.unknown())], {
  error: 'Expected one credential: an object, or a text with the JSON or the JWT.',
});
const Question = z.union([
  z.strictObject({ credential: Credential, asOf }),
  z.strictObject({ url: z.url({ protocol: /^https$/, error: 'Expected an address that begins with https://.' }).max(2_048), asOf }),
  z.strictObject({ shareToken: z.string().max(200), asOf }),
]);
type Question = z.infer<typeof Question>;

const PICTURE = /^image\/(png|svg\+xml)\s*(;|$)/i;
const CREDENTIAL = /^application\/(vc|vc\+jwt|vc\+ld\+json|ld\+json)\s*(;|$)/i;
const JSON_BODY = /^application\/json\s*(;|$)/i;

/** "Is this real?", for everybody: a credential, a JWT, a picture, an address or a share token. Nothing is kept of it. */
@Controller('verify')
export class VerifyController {
  constructor(
    private readonly verifier: Verifier,
    private readonly holders: CredentialHolders,
  ) {}

  @Post()
  @HttpCode(200)
  async verify(@Headers('content-type') contentType: string | undefined, @Body() body: unknown): Promise<Verification> {
    const type = contentType ?? '';
    if (PICTURE.test(type) && body instanceof Uint8Array) return this.verifier.verifyPicture(body);
    // Types that end in +json were read as JSON already.
    if (CREDENTIAL.test(type)) return this.verifier.verify(body instanceof Uint8Array ? body : JSON.stringify(body ?? null));
    if (JSON_BODY.test(type)) return this.answerTo(questionIn(body));
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send application/json, application/vc, application/vc+jwt, application/ld+json, image/png or image/svg+xml.');
  }

  private async answerTo(question: Question): Promise<Verification> {
    const at = question.asOf === undefined ? undefined : new Date(question.asOf);
    if ('credential' in question) return this.verifier.verify(question.credential as never, at);
    if ('url' in question) return this.verifier.verifyAt(question.url, at);
    const { document } = await this.holders.sharedBy(question.shareToken);
    const verification = await this.verifier.verify(document, at);
    await this.holders.noteView(question.shareToken);
    return verification;
  }
}

/** @throws Refusal with every fault, in the words of the member that was sent. */
function questionIn(body: unknown): Question {
  const parsed = Question.safeParse(body);
  if (parsed.success) return parsed.data;
  const named = Question.options.find(({ shape }) => body !== null && typeof body === 'object' && Object.keys(shape)[0]! in body);
  const hint = 'A credential itself goes into "credential", or is sent as application/vc.';
  const fault = { pointer: '', code: 'REQUIRED', message: 'Expected one of credential, url and shareToken.', hint };
  const why = named?.safeParse(body).error;
  throw new Refusal('INVALID_INPUT', undefined, { faults: why ? faultsOf(why, body) : [fault] });
}
