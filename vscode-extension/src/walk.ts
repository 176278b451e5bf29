/** A place in a list of steps, which ends at both ends. */

export interface Step {
  uri: string;
  line: number;
  character: number;
  endLine: number;
  endCharacter: number;
  message: string;
}

export class Walk {
  constructor(
    private readonly steps: readonly Step[],
    private place: number,
  ) {}

  /** Go on by so many steps, and stay at the first or last when there are no more. */
  move(by: number): Step | undefined {
    this.place = Math.min(Math.max(this.place + by, 0), this.steps.length - 1);
    return this.steps[this.place];
  }

  /** The step that was gone to last. */
  get current(): Step | undefined {
    return this.steps[this.place];
  }

  label(step: Step): string {
    return `${this.place + 1}/${this.steps.length} ${step.message}`;
  }
}
