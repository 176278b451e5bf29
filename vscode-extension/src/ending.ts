/** Why a server is of no more use, in words: decided once, whichever of its signs comes first. */

export class Ending {
  private exit: string | undefined;
  private suspicion: string | undefined;
  private lastWords = "";
  private timer: NodeJS.Timeout | undefined;
  private told = false;

  /**
   * @param patience milliseconds in which an exit may still explain a sign that came before it
   * @param tell called once, in words
   */
  constructor(
    private readonly patience: number,
    private readonly tell: (why: string) => void,
  ) {}

  /** The server wrote to its standard error. */
  said(text: string): void {
    this.lastWords = text.trim().split("\n").at(-1) ?? "";
  }

  /** Something is wrong with the server, for which its exit, if it comes, is the better explanation. */
  suspect(why: string): void {
    this.suspicion ??= why;
    this.wait();
  }

  /** The process ended; its last words may still be on their way. */
  exited(code: number | null, signal: string | null): void {
    this.exit ??= signal ? `it was ended by ${signal}` : `it ended with exit code ${String(code)}`;
    this.wait();
  }

  /** All that the process wrote has been read. */
  closed(): void {
    if (this.exit !== undefined) {
      this.conclude(this.explanation());
    }
  }

  /** Tell this, without waiting for anything that explains it. */
  conclude(why: string): void {
    clearTimeout(this.timer);
    if (!this.told) {
      this.told = true;
      this.tell(why);
    }
  }

  private wait(): void {
    this.timer ??= setTimeout(() => {
      this.conclude(this.explanation());
    }, this.patience);
  }

  private explanation(): string {
    if (this.exit === undefined) {
      return this.suspicion ?? "";
    }
    return this.lastWords ? `${this.exit} (${this.lastWords})` : this.exit;
  }
}
