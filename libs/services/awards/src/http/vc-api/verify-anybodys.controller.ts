import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { Fault } from '@mcr/event-kit';
import { Verifier } from '../../credentials/verification/verifier.ts';
import { VerifyOne, VerifyShown, read, refused } from './requests.ts';

/** The verifying half of the VC API of the W3C's credentials community, for integrators and test suites. For everybody. */
@Controller()
export class VerifyAnybodysController {
  constructor(private readonly verifier: Verifier) {}

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
