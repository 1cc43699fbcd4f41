import { Global, Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Database, secret } from '@mcr/database';
import { Messaging, UnitOfWork } from '@mcr/messaging';
import { HealthController } from '../http/health.controller.ts';
import { LogController } from '../logs/log.controller.ts';
import { CommandsController } from '../operations/commands.controller.ts';
import type { Settings } from '../settings.ts';
import { folderOf } from '../starting/databases.ts';
import type { ServiceParts } from '../starting/service-parts.ts';
import { Secrets } from './tokens.ts';

/** What every service of the process shares. */
@Global()
@Module({})
class SharedModule {}

/** What one service has for itself: its database, its unit of work, its consumers, its secrets. */
@Module({})
class OwnModule {}

/** The whole process as one Nest module. */
@Module({})
export class RootModule {
  static of(shared: readonly Provider[], services: readonly ServiceParts[], settings: Settings): DynamicModule {
    return {
      module: RootModule,
      imports: [
        { module: SharedModule, providers: [...shared], exports: [...shared] as Type[] },
        ...services.map((parts) => moduleOf(parts, folderOf(settings, parts.definition.name, services.length === 1))),
      ],
      controllers: [HealthController, CommandsController, LogController],
    };
  }
}

function moduleOf(parts: ServiceParts, folder: string): DynamicModule {
  const secrets: Secrets = { folder, bytes: async (name) => Buffer.from(await secret(folder, name), 'base64url') };
  const own: Provider[] = [
    { provide: Database, useValue: parts.database },
    { provide: UnitOfWork, useValue: parts.unitOfWork },
    { provide: Messaging, useValue: parts.messaging },
    { provide: Secrets, useValue: secrets },
  ];
  return { module: parts.definition.module, imports: [{ module: OwnModule, providers: own, exports: own as Type[] }] };
}
