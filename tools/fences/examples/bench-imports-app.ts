// stands in: apps/bench/src/example.ts
// must break: @nx/enforce-module-boundaries
import '../../publisher/src/main.ts';
