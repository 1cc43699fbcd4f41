// stands in: libs/services/programs/src/domain/example.ts
// must break: no-restricted-imports
import { DataSource } from 'typeorm';

export const used = DataSource;
