import type { ServerResponse } from 'node:http';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { TokenVerifier } from '@mcr/identity';
import { whenGone } from '../http/gone.ts';
import { Operations } from './operations.ts';

/**
 * The operations of this process's services, for other services and for administrators, with the caller's own token.
 * An internal face: nothing outside reaches it.
 */
@Controller('commands')
export class CommandsController {
  readonly #operations: Operations;
  readonly #verifier: TokenVerifier;

  constructor(operations: Operations, verifier: TokenVerifier) {
    this.#operations = operations;
    this.#verifier = verifier;
  }

  @Post(':name')
  @HttpCode(200)
  async answer(
    @Param('name') name: string,
    @Body() input: unknown,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) { raw }: { readonly raw: ServerResponse },
  ): Promise<unknown> {
    return this.#operations.answer(name, input, await this.#verifier.verify(authorization), whenGone(raw));
  }
}
