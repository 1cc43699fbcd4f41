import { Global, Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Database } from '@mcr/database';
import { Messaging, UnitOfWork } from '@mcr/messaging';
import { HealthController } from '../http/health.controller.ts';
import type { ServiceParts } from '../service-parts.ts';

/** What every service of the process shares. */
@Global()
@Module({})
class SharedModule {}

/** What one service has for itself: its database, its unit of work, its consumers. */
@Module({})
class OwnModule {}

/** The whole process as one Nest module. */
@Module({})
export class RootModule {
  static of(shared: readonly Provider[], services: readonly ServiceParts[]): DynamicModule {
    return {
      module: RootModule,
      imports: [{ module: SharedModule, providers: [...shared], exports: [...shared] as Type[] }, ...services.map(moduleOf)],
      controllers: [HealthController],
    };
  }
}

function moduleOf(parts: ServiceParts): DynamicModule {
  const own: Provider[] = [
    { provide: Database, useValue: parts.database },
    { provide: UnitOfWork, useValue: parts.unitOfWork },
    { provide: Messaging, useValue: parts.messaging },
  ];
  return { module: parts.definition.module, imports: [{ module: OwnModule, providers: own, exports: own as Type[] }] };
}
