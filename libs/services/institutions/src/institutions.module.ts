import { Module } from '@nestjs/common';
import { KafkaAccessConsumer } from './consumers/kafka-access.consumer.ts';
import { DidDocumentController } from './http/did-document.controller.ts';
import { KafkaAccess } from './kafka/kafka-access.ts';
import { PrivateKeys } from './keys/private-keys.ts';

@Module({ controllers: [KafkaAccessConsumer, DidDocumentController], providers: [KafkaAccess, PrivateKeys] })
export class InstitutionsModule {}
