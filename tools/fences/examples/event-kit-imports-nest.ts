// stands in: libs/platform/event-kit/src/example.ts
// must break: no-restricted-imports
import { Injectable } from '@nestjs/common';

export const used = Injectable;
