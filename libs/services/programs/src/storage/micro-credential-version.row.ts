import type { MicroCredentialDraft } from '@mcr/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('micro_credential_version')
export class MicroCredentialVersionRow {
  @PrimaryColumn('text', { name: 'micro_credential_id' })
  ctid!: string;

  @PrimaryColumn('int')
  version!: number;

  @Column('text', { name: 'owned_by' })
  ownedBy!: string;

  @Column('text', { name: 'offered_by', array: true })
  offeredBy!: string[];

  @Column('text', { name: 'title_key' })
  titleKey!: string;

  @Column('jsonb')
  definition!: MicroCredentialDraft;

  @Column('text')
  status!: 'DRAFT' | 'PUBLISHED';

  @Column('text', { name: 'rule_set', nullable: true })
  ruleSet!: string | null;

  @Column('text', { name: 'changed_by' })
  changedBy!: string;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
