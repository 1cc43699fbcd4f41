// stands in: libs/services/awards/src/domain/example.ts
// must break: no-restricted-imports
import { Injectable } from '@nestjs/common';

export const used = Injectable;
