import { Module } from '@nestjs/common';
import { KafkaAccessConsumer } from './consumers/kafka-access.consumer.ts';
import { KafkaAccess } from './kafka/kafka-access.ts';

@Module({ controllers: [KafkaAccessConsumer], providers: [KafkaAccess] })
export class InstitutionsModule {}
