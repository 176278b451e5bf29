/** How often a server that ended by itself is started again before the user is asked. */

const MOST = 3;
const WITHIN = 180_000;

export class Restarts {
  private ends: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Note that the server ended; whether it may be started again without asking. */
  mayRestart(): boolean {
    const now = this.now();
    this.ends = [...this.ends.filter((end) => now - end < WITHIN), now];
    return this.ends.length <= MOST;
  }

  /** Start counting anew: the user asked for a server. */
  forget(): void {
    this.ends = [];
  }
}
