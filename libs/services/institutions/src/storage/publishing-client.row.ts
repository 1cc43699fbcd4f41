import type { PublicJwk } from '@mcr/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('publishing_client')
export class PublishingClientRow {
  @PrimaryColumn('text', { name: 'client_id' })
  clientId!: string;

  @Column('text', { name: 'institution_id' })
  institutionCtid!: string;

  @Column('jsonb', { name: 'public_key' })
  publicKey!: PublicJwk;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('text')
  status!: 'ACTIVE' | 'REVOKED';

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'changed_by' })
  changedBy!: string;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
