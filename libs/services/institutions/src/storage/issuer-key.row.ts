import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Holder, IssuerKey } from '../domain/issuer-key.ts';

@Entity('issuer_key')
export class IssuerKeyRow {
  @PrimaryColumn('text', { name: 'institution_id' })
  institutionCtid!: string;

  @PrimaryColumn('text', { name: 'public_key_multibase' })
  publicKeyMultibase!: string;

  @Column('text')
  did!: string;

  @Column('text', { name: 'held_by' })
  heldBy!: Holder;

  @Column('text')
  status!: IssuerKey['status'];

  @Column('text', { nullable: true })
  challenge!: string | null;

  @Column('timestamptz', { name: 'challenge_expires_at', nullable: true })
  challengeExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt!: Date | null;

  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt!: Date | null;

  @Column('timestamptz', { name: 'compromised_at', nullable: true })
  compromisedAt!: Date | null;

  /** Read only to sign. */
  @Column('bytea', { name: 'sealed_private_key', nullable: true, select: false })
  sealedPrivateKey!: Buffer | null;

  @Column('text', { name: 'changed_by' })
  changedBy!: string;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
