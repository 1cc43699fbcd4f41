import type { InstitutionSnapshot } from '@mcr/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('institution')
export class InstitutionRow {
  @PrimaryColumn('text', { name: 'id' })
  ctid!: string;

  @Column('text')
  code!: string;

  @Column('jsonb')
  name!: InstitutionSnapshot['name'];

  @Column('text', { name: 'agent_type' })
  agentType!: InstitutionSnapshot['agentType'];

  @Column('text')
  region!: InstitutionSnapshot['region'];

  @Column('text', { name: 'subject_webpage', nullable: true })
  subjectWebpage!: string | null;

  @Column('text')
  status!: InstitutionSnapshot['status'];

  @Column('int')
  version!: number;

  @Column('text', { name: 'verified_by', nullable: true })
  verifiedBy!: string | null;

  @Column('text', { name: 'activated_by', nullable: true })
  activatedBy!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'changed_by' })
  changedBy!: string;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
