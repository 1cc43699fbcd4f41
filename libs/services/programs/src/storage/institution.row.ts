import type { InstitutionSnapshot } from '@mcr/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('institution')
export class InstitutionRow {
  @PrimaryColumn('text', { name: 'id' })
  ctid!: string;

  @Column('text')
  code!: string;

  @Column('text')
  status!: InstitutionSnapshot['status'];

  @Column('int')
  version!: number;
}
