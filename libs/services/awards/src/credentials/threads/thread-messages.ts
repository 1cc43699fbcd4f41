export interface ToThread<Job> {
  readonly id: number;
  readonly jobs: readonly Job[];
}

/** In the order of the jobs. An error is a fault of ours: what is wrong with a job is in its result. */
export type FromThread<Result> = { readonly id: number; readonly results: readonly Result[] } | { readonly id: number; readonly error: string };
