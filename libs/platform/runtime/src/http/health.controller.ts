import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** One part of the process and how it is. */
export interface PartState {
  readonly part: string;
  readonly state: 'UP' | 'DOWN';
  readonly detail?: string;
}

/** Knows how the parts of this process are. */
export abstract class HealthProbe {
  abstract parts(): Promise<PartState[]>;
}

/** Live: the process answers. Ready: its databases answer and its events flow. */
@Controller('health')
export class HealthController {
  readonly #probe: HealthProbe;

  constructor(probe: HealthProbe) {
    this.#probe = probe;
  }

  @Get('live')
  live(): { state: 'UP' } {
    return { state: 'UP' };
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const parts = await this.#probe.parts();
    const state = parts.every((part) => part.state === 'UP') ? 'UP' : 'DOWN';
    await reply
      .status(state === 'UP' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ state, parts });
  }
}
