/** Works off what is given to it, in order, as many at once as a group takes, one group after the other. */
export class LaneWorker<Task> {
  private readonly waiting: Task[] = [];
  private running: Promise<void> | undefined;

  /** `process` deals with every failure itself: it never throws. */
  constructor(
    private readonly process: (group: readonly Task[]) => Promise<void>,
    private readonly groupSize: number,
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  add(task: Task): void {
    this.waiting.push(task);
    this.running ??= this.work();
  }

  /** Resolves when nothing is left. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async work(): Promise<void> {
    // What is added in the same turn goes together.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.process(this.waiting.splice(0, this.groupSize));
    this.running = undefined;
  }
}
