import { performance } from 'node:perf_hooks';
import { median } from '../harness/figures.ts';

/** The shares of one core that this process used while it was watched. */
export interface CpuShare {
  readonly node: number;
  readonly busyLoop: number;
}

/** Watches this process from now until the function it returns is called. */
export function watchCpu(): () => CpuShare {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  return () => {
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { node: (user + system) / 1000 / ms, busyLoop: performance.eventLoopUtilization(loop).utilization };
  };
}

export function printWhereTimeGoes(shares: readonly CpuShare[]): void {
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  console.log(
    `  where the time goes: Node used ${percent(median(shares.map(({ node }) => node)))} of one core, its event loop was busy ${percent(median(shares.map(({ busyLoop }) => busyLoop)))}; the rest waited for PostgreSQL`,
  );
}
