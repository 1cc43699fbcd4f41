// stands in: libs/services/awards/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
export const used = await import('@mcr/programs');
