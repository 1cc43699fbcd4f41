import 'reflect-metadata';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'naive' })
@Index(['source', 'eventId'], { unique: true })
export class Submission {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') source!: string;
  @Column('text') eventId!: string;
  @Column('text') state!: string;
  @Column('timestamptz') receivedAt!: Date;
}

@Entity({ schema: 'naive' })
export class Learner {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) identifier!: string;
}

@Entity({ schema: 'naive' })
export class Award {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) sourceAwardId!: string;
  @Column('int') revision!: number;
  @Column('text') microCredential!: string;
  @Column('date') awardedDate!: string;
  @Column('uuid') learner!: string;
  @Column('text') status!: string;
}

@Entity({ schema: 'naive' })
export class PublishedEvent {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') @Index() key!: string;
  @Column('text') type!: string;
  @Column('jsonb') data!: object;
}

@Entity({ schema: 'naive' })
export class RegistryAward {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') @Index() institution!: string;
  @Column('text') sourceAwardId!: string;
  @Column('text') microCredential!: string;
  @Column('date') awardedDate!: string;
  @Column('text') status!: string;
}

@Entity({ schema: 'naive' })
export class MicroCredential {
  @PrimaryColumn('text') id!: string;
}

export const tables = [Submission, Learner, Award, PublishedEvent, RegistryAward, MicroCredential];
